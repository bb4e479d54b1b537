import { planAction } from '../../action.ts';

export const ProcessFileByProcedure = planAction('ProcessFileByProcedure');
