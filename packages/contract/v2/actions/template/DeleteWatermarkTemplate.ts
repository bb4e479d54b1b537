import { planAction } from '../../action.ts';

export const DeleteWatermarkTemplate = planAction('DeleteWatermarkTemplate');
