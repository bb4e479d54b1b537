import { planAction } from '../../action.ts';

export const QueryTranscodeTemplate = planAction('QueryTranscodeTemplate', {
  aliases: ['QueryTranscodeTemplateInfo'],
});
