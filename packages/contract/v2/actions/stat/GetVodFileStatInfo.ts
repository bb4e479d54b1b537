import { planAction } from '../../action.ts';

export const GetVodFileStatInfo = planAction('GetVodFileStatInfo');
