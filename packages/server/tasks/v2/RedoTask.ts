import { ACTION_ERRORS, ApiError, RedoTask } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import type { TasksActionDeps } from './deps.ts';

export const redoTask = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(RedoTask, async ({ vodTaskId }, { appId, now }) => {
    if (!(await tasks.redo(appId, vodTaskId, now))) {
      throw new ApiError(ACTION_ERRORS.taskNotFound, `task ${vodTaskId} does not exist or has not ended`);
    }
    return {};
  });
