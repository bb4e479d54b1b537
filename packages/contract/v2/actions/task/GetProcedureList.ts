import { planAction } from '../../action.ts';

export const GetProcedureList = planAction('GetProcedureList', { draft: true });
