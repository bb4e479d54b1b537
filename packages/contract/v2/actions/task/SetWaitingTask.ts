import { planAction } from '../../action.ts';

export const SetWaitingTask = planAction('SetWaitingTask', { draft: true });
