import { planAction } from '../../action.ts';

export const QueryCallbackTemplateList = planAction('QueryCallbackTemplateList', { draft: true });
