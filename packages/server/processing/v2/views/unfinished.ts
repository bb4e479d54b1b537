import type { FlowChanged } from '../../events.ts';

/** What GetTaskInfo says of a single task that has not ended (docs/wire/tasks.md); `progress` in percent is ours. */
export function unfinished({ status, jobs }: FlowChanged['flow']) {
  const total = jobs.reduce((sum, { progress }) => sum + progress, 0);
  return {
    status: status === 'waiting' ? 'WAITING' : 'PROCESSING',
    errCode: 0,
    message: '',
    progress: Math.floor((total / Math.max(1, jobs.length)) * 100),
  };
}
