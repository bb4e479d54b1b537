import { RedoTask } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { TasksActionDeps } from './deps.ts';

export const redoTask = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(RedoTask, async ({ vodTaskId }, { appId, now }) => {
    if (!(await tasks.redo(appId, vodTaskId, now))) {
      throw new Refused('task.notEnded', `task ${vodTaskId} does not exist or has not ended`);
    }
    return {};
  });
