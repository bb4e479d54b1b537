import { planAction } from '../../action.ts';

export const GetVodTaskStatus = planAction('GetVodTaskStatus');
