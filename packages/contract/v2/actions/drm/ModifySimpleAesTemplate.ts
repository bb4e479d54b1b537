import { planAction } from '../../action.ts';

export const ModifySimpleAesTemplate = planAction('ModifySimpleAesTemplate');
