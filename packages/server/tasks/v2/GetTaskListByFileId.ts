import { GetTaskListByFileId } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { FlowStatus } from '../types.ts';
import type { TasksActionDeps } from './deps.ts';
import { olderList } from './older-list.ts';

const STATUSES: Record<'Processing' | 'Finish', readonly FlowStatus[]> = {
  Processing: ['waiting', 'processing'],
  Finish: ['finished'],
};

export const getTaskListByFileId = ({ tasks }: Pick<TasksActionDeps, 'tasks'>) =>
  handler(GetTaskListByFileId, async ({ fileId, status, next, ...params }, { appId, now }) => {
    const about = { appId, now, videoId: fileId, ...(status && { statuses: STATUSES[status] }) };
    const list = await olderList(tasks, about, { ...params, next: next?.toString() });
    // The documents call the list by both names.
    return { vodTaskList: list, procedureList: list };
  });
