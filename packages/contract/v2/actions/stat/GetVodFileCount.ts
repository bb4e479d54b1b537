import { planAction } from '../../action.ts';

export const GetVodFileCount = planAction('GetVodFileCount');
