import { planAction } from '../../action.ts';

export const DescribeCdnDetailStat = planAction('DescribeCdnDetailStat');
