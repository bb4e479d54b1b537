import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';

/** What there is in the outbox, for operators. */
export interface EventCensus {
  /** Neither confirmed nor delivered yet; no more than `COUNTED` are counted. */
  waiting: number;
  /** Those that could not be shown to their reader. */
  setAside: number;
  /** When the oldest of all happened, ms since the epoch; null when there is none. */
  oldestAt: number | null;
}

/** Counting goes through what it counts, and others wait for the database meanwhile. */
const COUNTED = 100_000;

export async function eventCensus(db: Executor): Promise<EventCensus> {
  const events = tables(db).selectFrom('events');
  const { oldest } = await events
    .select((eb) => eb.fn.min<number | null>('created_at').as('oldest'))
    .executeTakeFirstOrThrow();
  const { aside } = await events
    .select((eb) => eb.fn.countAll<number>().as('aside'))
    .where('fault', 'is not', null)
    .executeTakeFirstOrThrow();
  const { all } = await tables(db)
    .selectFrom((eb) => eb.selectFrom('events').select('created_at').limit(COUNTED).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('all'))
    .executeTakeFirstOrThrow();
  return { waiting: Math.max(0, Number(all) - Number(aside)), setAside: Number(aside), oldestAt: oldest };
}
