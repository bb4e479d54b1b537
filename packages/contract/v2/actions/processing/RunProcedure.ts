import { planAction } from '../../action.ts';

export const RunProcedure = planAction('RunProcedure');
