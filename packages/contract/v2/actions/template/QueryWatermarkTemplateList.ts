import { planAction } from '../../action.ts';

export const QueryWatermarkTemplateList = planAction('QueryWatermarkTemplateList');
