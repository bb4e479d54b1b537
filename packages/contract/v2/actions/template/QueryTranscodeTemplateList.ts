import { planAction } from '../../action.ts';

export const QueryTranscodeTemplateList = planAction('QueryTranscodeTemplateList');
