import { planAction } from '../../action.ts';

export const GetPlayStatLogList = planAction('GetPlayStatLogList', { aliases: ['GetPlayStatFile'] });
