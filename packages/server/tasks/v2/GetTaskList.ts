import { GetTaskList, type ParamsOf } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { FlowCursor, FlowStatus, TaskFlow, TaskQueries } from '../types.ts';
import type { TasksActionDeps } from './deps.ts';
import { olderList, olderSummary } from './older-list.ts';
import { summaryOf, WIRE_STATUS } from './summary.ts';

type Params = ParamsOf<typeof GetTaskList>;

const STATUSES: readonly FlowStatus[] = ['waiting', 'processing', 'finished'];
/** Parameters that only the older form of the call has. */
const OLDER = ['vodTaskId', 'order', 'next', 'startTime', 'endTime', 'size'] as const;

/** Each group newest first; the documents name no order. Who asks in the older form gets the older list besides. */
export const getTaskList = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(GetTaskList, async (params, { appId, now }) => {
    const wanted = STATUSES.filter((status) => !params.status || WIRE_STATUS[status] === params.status);
    const data = await Promise.all(wanted.map((status) => group(tasks, status, params, { appId, now })));
    if (OLDER.every((name) => params[name] === undefined)) return { data };
    const list = await older(tasks, wanted, params, { appId, now });
    // The documents call the list by both names.
    return { data, vodTaskList: list, procedureList: list };
  });

async function group(
  tasks: Pick<TaskQueries, 'listFlows'>,
  status: FlowStatus,
  { fileId, maxCount, nextForWaiting, nextForProcessing, nextForFinished }: Params,
  { appId, now }: { appId: string; now: number },
) {
  const cursors = { waiting: nextForWaiting, processing: nextForProcessing, finished: nextForFinished };
  const cursor = cursors[status];
  const flows = await tasks.listFlows(
    {
      ...{ appId, statuses: [status], newestFirst: true },
      // One more than asked for tells whether there is more.
      limit: maxCount + 1,
      ...(fileId !== undefined && { videoId: fileId }),
      ...(cursor !== undefined && { after: parseCursor(cursor) }),
    },
    now,
  );
  const shown = flows.slice(0, maxCount);
  const list = shown.map((flow) => ({ vodTaskId: flow.id, ...summaryOf(flow) }));
  return {
    status: WIRE_STATUS[status],
    next: flows.length > shown.length ? cursorOf(shown.at(-1)!) : '',
    // The documents call the list by both names.
    taskList: list,
    vodTaskList: list,
  };
}

async function older(
  tasks: Pick<TaskQueries, 'listFlows' | 'findFlow'>,
  statuses: readonly FlowStatus[],
  { vodTaskId, fileId, order = 'asc', size = 10, next, startTime, endTime }: Params,
  { appId, now }: { appId: string; now: number },
) {
  if (vodTaskId === undefined) {
    const about = { appId, now, statuses, videoId: fileId };
    return olderList(tasks, about, { order, size, next, startTime, endTime });
  }
  const flow = await tasks.findFlow(appId, vodTaskId, now);
  return flow && statuses.includes(flow.status) ? [olderSummary(flow)] : [];
}

/** The place of a flow in its list, which stays even when the flow moves on to another. */
function cursorOf({ createdAt, id }: TaskFlow): string {
  return `${createdAt}.${id}`;
}

function parseCursor(cursor: string): FlowCursor {
  const match = /^(\d{1,15})\.([\w-]+)$/.exec(cursor);
  if (!match) throw new Refused('parameter.refused', `${cursor} is not a next of an answer before`);
  return { createdAt: Number(match[1]), id: match[2]! };
}
