import { GetProcedureInfo, type ResultOf } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { TasksActionDeps } from './deps.ts';

export const getProcedureInfo = ({ tasks, describeFlow }: TasksActionDeps) =>
  handler(GetProcedureInfo, async ({ vodTaskId }, { appId, now }) => {
    const flow = await tasks.findFlow(appId, vodTaskId, now);
    if (flow?.kind !== 'procedure') {
      throw new Refused('task.notFound', `task flow ${vodTaskId} does not exist`);
    }
    const { message, ...data } = await describeFlow(flow);
    return data as ResultOf<typeof GetProcedureInfo>;
  });
