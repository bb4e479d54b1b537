import { planAction } from '../../action.ts';

export const UpdateWatermarkTemplate = planAction('UpdateWatermarkTemplate', {
  aliases: ['UpdateWartermarkTemplate'],
});
