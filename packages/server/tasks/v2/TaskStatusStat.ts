import { TaskStatusStat } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { FlowStatus } from '../types.ts';
import type { TasksActionDeps } from './deps.ts';
import { WIRE_STATUS } from './summary.ts';

const STATUSES: readonly FlowStatus[] = ['waiting', 'processing', 'finished'];

export const taskStatusStat = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(TaskStatusStat, async ({ status: wanted }, { appId, now }) => {
    const counts = await tasks.countFlows(appId, now);
    const all = STATUSES.map((status) => ({ status: WIRE_STATUS[status], totalCount: counts[status] }));
    return { data: all.filter(({ status }) => wanted === undefined || status === wanted) };
  });
