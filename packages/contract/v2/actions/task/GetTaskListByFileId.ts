import { planAction } from '../../action.ts';

export const GetTaskListByFileId = planAction('GetTaskListByFileId');
