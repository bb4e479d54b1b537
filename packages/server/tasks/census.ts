import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';
import type { FlowStatus } from './types.ts';

/** What there is in the task table, for operators. */
export interface FlowCensus {
  /** How many flows are in each state; no more than `COUNTED` are counted. */
  flows: Record<FlowStatus, number>;
  /** When the flow that waits longest was asked for, ms since the epoch; null when none waits. */
  oldestWaitingAt: number | null;
}

/** Counting goes through what it counts, and others wait for the database meanwhile. */
const COUNTED = 100_000;

const STATUSES: readonly FlowStatus[] = ['waiting', 'processing', 'finished'];

export async function flowCensus(db: Executor): Promise<FlowCensus> {
  const flows: Record<FlowStatus, number> = { waiting: 0, processing: 0, finished: 0 };
  for (const status of STATUSES) flows[status] = await countOf(db, status);
  const { oldest } = await tables(db)
    .selectFrom('task_flows')
    .select((eb) => eb.fn.min<number | null>('created_at').as('oldest'))
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return { flows, oldestWaitingAt: oldest };
}

async function countOf(db: Executor, status: FlowStatus): Promise<number> {
  const { count } = await tables(db)
    .selectFrom((eb) =>
      eb.selectFrom('task_flows').select('status').where('status', '=', status).limit(COUNTED).as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
