import { planAction } from '../../action.ts';

export const GetVodTask = planAction('GetVodTask', { draft: true });
