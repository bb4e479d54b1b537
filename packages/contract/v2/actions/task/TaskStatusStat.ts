import { planAction } from '../../action.ts';

export const TaskStatusStat = planAction('TaskStatusStat', { aliases: ['ShowTaskStat'] });
