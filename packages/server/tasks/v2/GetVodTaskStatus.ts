import { GetVodTaskStatus } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { FlowStatus } from '../types.ts';
import type { TasksActionDeps } from './deps.ts';

const WORDS = {
  waiting: 'Queuing',
  processing: 'Processing',
  finished: 'Finished',
} as const satisfies Record<FlowStatus, string>;

export const getVodTaskStatus = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(GetVodTaskStatus, async ({ taskId }, { appId, now }) => ({
    taskList: await Promise.all(
      taskId.map(async (id) => {
        const flow = await tasks.findFlow(appId, id, now);
        return { taskId: id, status: flow ? WORDS[flow.status] : ('NotFound' as const) };
      }),
    ),
  }));
