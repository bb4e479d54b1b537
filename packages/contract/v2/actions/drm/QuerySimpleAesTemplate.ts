import { planAction } from '../../action.ts';

export const QuerySimpleAesTemplate = planAction('QuerySimpleAesTemplate');
