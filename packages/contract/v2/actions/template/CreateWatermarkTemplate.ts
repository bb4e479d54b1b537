import { planAction } from '../../action.ts';

export const CreateWatermarkTemplate = planAction('CreateWatermarkTemplate');
