import { planAction } from '../../action.ts';

export const GetProcedureInfo = planAction('GetProcedureInfo');
