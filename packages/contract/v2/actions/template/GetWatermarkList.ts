import { planAction } from '../../action.ts';

export const GetWatermarkList = planAction('GetWatermarkList');
