import { planAction } from '../../action.ts';

export const CreateTranscodeTemplate = planAction('CreateTranscodeTemplate');
