import { planAction } from '../../action.ts';

export const QueryWatermarkTemplate = planAction('QueryWatermarkTemplate');
