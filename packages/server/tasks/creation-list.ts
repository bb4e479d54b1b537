import type { Executor } from '../database/index.ts';
import { flowOf } from './flow-table.ts';
import { tables } from './tables.ts';
import type { FlowCursor, FlowStatus, TaskFlow } from './types.ts';

/** Which flows that somebody asked for, in the order of their creation. */
export interface CreationFilter {
  appId: string;
  /** Of any state when left out. */
  statuses?: readonly FlowStatus[];
  /** Only those that read this video or make something of it. */
  videoId?: string;
  /** Created later than this, and earlier than that, ms since the epoch. */
  createdAfter?: number;
  createdBefore?: number;
  /** Goes on after this one, in the order asked for. */
  after?: FlowCursor;
  newestFirst: boolean;
  limit: number;
}

const STATUSES: readonly FlowStatus[] = ['waiting', 'processing', 'finished'];

/** Ended ones only when they ended after `endedAfter`. Each state is listed by its own index, and the lists are merged. */
export async function listByCreation(
  db: Executor,
  { statuses = STATUSES, ...filter }: CreationFilter,
  endedAfter: number,
): Promise<TaskFlow[]> {
  const lists = [];
  for (const status of statuses) lists.push(await listOfStatus(db, filter, status, endedAfter));
  const direction = filter.newestFirst ? -1 : 1;
  return lists
    .flat()
    .sort((a, b) => direction * (a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)))
    .slice(0, filter.limit);
}

async function listOfStatus(
  db: Executor,
  filter: Omit<CreationFilter, 'statuses'>,
  status: FlowStatus,
  endedAfter: number,
): Promise<TaskFlow[]> {
  const { appId, videoId, createdAfter, createdBefore, after, newestFirst, limit } = filter;
  const direction = newestFirst ? 'desc' : 'asc';
  const beyond = newestFirst ? '<' : '>';
  let query = tables(db)
    .selectFrom('task_flows')
    .selectAll()
    .where('app_id', '=', appId)
    .where('status', '=', status)
    .where('unasked', '=', 0)
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .limit(limit);
  if (status === 'finished') query = query.where('finished_at', '>', endedAfter);
  if (createdAfter !== undefined) query = query.where('created_at', '>', createdAfter);
  if (createdBefore !== undefined) query = query.where('created_at', '<', createdBefore);
  if (videoId !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb
        .selectFrom('task_flow_videos')
        .select('flow_id')
        .where('app_id', '=', appId)
        .where('video_id', '=', videoId),
    );
  }
  if (after) {
    query = query.where((eb) =>
      eb.or([
        eb('created_at', beyond, after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', beyond, after.id)]),
      ]),
    );
  }
  return (await query.execute()).map(flowOf);
}

/** How many flows of an application that somebody asked for there are in each state; ended ones only when they ended after `endedAfter`. */
export async function countByStatus(
  db: Executor,
  appId: string,
  endedAfter: number,
): Promise<Record<FlowStatus, number>> {
  const counts: Record<FlowStatus, number> = { waiting: 0, processing: 0, finished: 0 };
  for (const status of STATUSES) {
    const query = tables(db)
      .selectFrom('task_flows')
      .select((eb) => eb.fn.countAll<number | string>().as('flows'))
      .where('app_id', '=', appId)
      .where('status', '=', status)
      .where('unasked', '=', 0);
    const ended = status === 'finished' ? query.where('finished_at', '>', endedAfter) : query;
    counts[status] = Number((await ended.executeTakeFirstOrThrow()).flows);
  }
  return counts;
}
