import { planAction } from '../../action.ts';

export const DescribeDrmDataKey = planAction('DescribeDrmDataKey');
