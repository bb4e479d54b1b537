import { planAction } from '../../action.ts';

export const DescribeCdnStat = planAction('DescribeCdnStat');
