import { ACTION_ERRORS, ApiError, GetTaskInfo } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import type { TasksActionDeps } from './deps.ts';
import { summaryOf, WIRE_STATUS } from './summary.ts';

export const getTaskInfo = ({ tasks, describeFlow }: TasksActionDeps) =>
  handler(GetTaskInfo, async ({ vodTaskId }, { appId, now }) => {
    const flow = await tasks.findFlow(appId, vodTaskId, now);
    if (!flow) throw new ApiError(ACTION_ERRORS.taskNotFound, `task ${vodTaskId} does not exist`);
    return { status: WIRE_STATUS[flow.status], ...summaryOf(flow), data: await describeFlow(flow) };
  });
