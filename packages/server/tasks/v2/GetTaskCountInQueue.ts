import { GetTaskCountInQueue } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TasksActionDeps } from './deps.ts';

export const getTaskCountInQueue = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(GetTaskCountInQueue, async (_params, { appId, now }) => ({
    num: (await tasks.countFlows(appId, now)).waiting,
  }));
