import type { FlowStatus, TaskFlow } from '../types.ts';

export const WIRE_STATUS = {
  waiting: 'WAITING',
  processing: 'PROCESSING',
  finished: 'FINISHED',
} as const satisfies Record<FlowStatus, string>;

/** What GetTaskInfo and GetTaskList say of a task, in Unix seconds. `finishTime` is the last change. */
export function summaryOf(flow: TaskFlow) {
  return {
    type: flow.kind,
    createTime: unixSeconds(flow.createdAt),
    beginProcessTime: flow.status === 'waiting' ? 0 : unixSeconds(flow.startedAt ?? 0),
    finishTime: unixSeconds(flow.changedAt),
  };
}

function unixSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
