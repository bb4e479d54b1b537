import { planAction } from '../../action.ts';

export const GetCdnLogList = planAction('GetCdnLogList');
