import { planAction } from '../../action.ts';

export const MultiSetVodPlayStatus = planAction('MultiSetVodPlayStatus', { nameOnly: true });
