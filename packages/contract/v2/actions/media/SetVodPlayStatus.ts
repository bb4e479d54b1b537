import { planAction } from '../../action.ts';

export const SetVodPlayStatus = planAction('SetVodPlayStatus', { nameOnly: true });
