import { planAction } from '../../action.ts';

export const UpdateCallbackTemplate = planAction('UpdateCallbackTemplate', { draft: true });
