import { Refused } from '../../common/faults/refused.ts';
import type { CreationFilter } from '../creation-list.ts';
import type { FlowStatus, TaskFlow, TaskQueries } from '../types.ts';
import { unixSeconds } from './summary.ts';

/** What the older task lists are asked with; times in Unix seconds. */
export interface OlderListParams {
  order: 'asc' | 'desc';
  /** A creation time, or the id of the last task of the answer before. */
  next?: string | undefined;
  startTime?: number | undefined;
  endTime?: number | undefined;
  size: number;
}

/**
 * The lists of the older generation: one, in the order of creation. Times on the wire have seconds: what was created within the second of
 * `next` or of a bound lies neither after nor before it.
 */
export async function olderList(
  tasks: Pick<TaskQueries, 'listFlows' | 'findFlow'>,
  about: { appId: string; now: number; videoId?: string | undefined; statuses?: readonly FlowStatus[] },
  { order, next, startTime, endTime, size }: OlderListParams,
) {
  const { appId, now, videoId, statuses } = about;
  const newestFirst = order === 'desc';
  const isTime = next !== undefined && /^\d{1,11}$/.test(next);
  const time = isTime ? Number(next) : undefined;
  const after = newestFirst ? startTime : latest(startTime, time);
  const before = newestFirst ? earliest(endTime, time) : endTime;
  const flows = await tasks.listFlows(
    {
      ...{ appId, newestFirst, limit: size },
      ...(videoId !== undefined && { videoId }),
      ...(statuses && { statuses }),
      ...(after !== undefined && { createdAfter: after * 1000 + 999 }),
      ...(before !== undefined && { createdBefore: before * 1000 }),
      ...(next !== undefined && !isTime && { after: await placeOf(tasks, next, appId, now) }),
    } satisfies CreationFilter,
    now,
  );
  return flows.map(olderSummary);
}

/** The older words know no waiting: a task that has not ended is being processed. */
export function olderSummary(flow: TaskFlow) {
  return {
    vodTaskId: flow.id,
    type: flow.kind,
    status: flow.status === 'finished' ? ('FINISH' as const) : ('PROCESSING' as const),
    createTime: unixSeconds(flow.createdAt),
    updateTime: unixSeconds(flow.changedAt),
  };
}

async function placeOf(tasks: Pick<TaskQueries, 'findFlow'>, id: string, appId: string, now: number) {
  const flow = await tasks.findFlow(appId, id, now);
  if (flow) return { createdAt: flow.createdAt, id };
  const message = `${id} is neither a creation time nor a task of the last 72 hours`;
  throw new Refused('parameter.refused', message, { field: 'next' });
}

function latest(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function earliest(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
