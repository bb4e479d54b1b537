import { planAction } from '../../action.ts';

export const UpdateTranscodeTemplate = planAction('UpdateTranscodeTemplate');
