import { GetTaskList } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { FlowCursor, FlowStatus, TaskFlow } from '../types.ts';
import type { TasksActionDeps } from './deps.ts';
import { summaryOf, WIRE_STATUS } from './summary.ts';

const STATUSES: readonly FlowStatus[] = ['waiting', 'processing', 'finished'];

/** Each group newest first; the documents name no order. */
export const getTaskList = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(GetTaskList, async (params, { appId, now }) => {
    const cursors = {
      waiting: params.nextForWaiting,
      processing: params.nextForProcessing,
      finished: params.nextForFinished,
    };
    const group = async (status: FlowStatus) => {
      const flows = await tasks.listFlows(
        {
          appId,
          status,
          // One more than asked for tells whether there is more.
          limit: params.maxCount + 1,
          ...(params.fileId !== undefined && { videoId: params.fileId }),
          ...(cursors[status] !== undefined && { after: parseCursor(cursors[status]) }),
        },
        now,
      );
      const shown = flows.slice(0, params.maxCount);
      const list = shown.map((flow) => ({ vodTaskId: flow.id, ...summaryOf(flow) }));
      return {
        status: WIRE_STATUS[status],
        next: flows.length > shown.length ? cursorOf(shown.at(-1)!) : '',
        // The documents call the list by both names.
        taskList: list,
        vodTaskList: list,
      };
    };
    const wanted = STATUSES.filter((status) => !params.status || WIRE_STATUS[status] === params.status);
    return { data: await Promise.all(wanted.map(group)) };
  });

/** The place of a flow in its list, which stays even when the flow moves on to another. */
function cursorOf({ createdAt, id }: TaskFlow): string {
  return `${createdAt}.${id}`;
}

function parseCursor(cursor: string): FlowCursor {
  const match = /^(\d{1,15})\.([\w-]+)$/.exec(cursor);
  if (!match) throw new Refused('parameter.refused', `${cursor} is not a next of an answer before`);
  return { createdAt: Number(match[1]), id: match[2]! };
}
