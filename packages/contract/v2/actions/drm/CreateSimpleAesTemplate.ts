import { planAction } from '../../action.ts';

export const CreateSimpleAesTemplate = planAction('CreateSimpleAesTemplate');
