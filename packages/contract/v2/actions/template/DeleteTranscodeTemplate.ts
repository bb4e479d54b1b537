import { planAction } from '../../action.ts';

export const DeleteTranscodeTemplate = planAction('DeleteTranscodeTemplate');
