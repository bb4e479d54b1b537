import { planAction } from '../../action.ts';

export const GetTaskCountInQueue = planAction('GetTaskCountInQueue');
