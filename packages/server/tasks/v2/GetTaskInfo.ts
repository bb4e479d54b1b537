import { GetTaskInfo } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { TasksActionDeps } from './deps.ts';
import { summaryOf, WIRE_STATUS } from './summary.ts';

export const getTaskInfo = ({ tasks, describeFlow }: TasksActionDeps) =>
  handler(GetTaskInfo, async ({ vodTaskId }, { appId, now }) => {
    const flow = await tasks.findFlow(appId, vodTaskId, now);
    if (!flow) throw new Refused('task.notFound', `task ${vodTaskId} does not exist`);
    return { status: WIRE_STATUS[flow.status], ...summaryOf(flow), data: await describeFlow(flow) };
  });
