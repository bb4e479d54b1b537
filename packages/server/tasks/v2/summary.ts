import type { GetTaskInfo, ResultOf } from '@openvod/contract/v2';
import type { FlowStatus, TaskFlow } from '../types.ts';

export const WIRE_STATUS = {
  waiting: 'WAITING',
  processing: 'PROCESSING',
  finished: 'FINISHED',
} as const satisfies Record<FlowStatus, string>;

/** What GetTaskInfo and GetTaskList say of a task, in Unix seconds. `finishTime` is the last change. */
export function summaryOf(flow: TaskFlow) {
  return {
    // Kinds of flow are called as version 2 calls them.
    type: flow.kind as ResultOf<typeof GetTaskInfo>['type'],
    createTime: unixSeconds(flow.createdAt),
    beginProcessTime: flow.status === 'waiting' ? 0 : unixSeconds(flow.startedAt ?? 0),
    finishTime: unixSeconds(flow.changedAt),
  };
}

export function unixSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
