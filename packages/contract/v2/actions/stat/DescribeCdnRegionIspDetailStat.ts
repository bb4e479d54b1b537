import { planAction } from '../../action.ts';

export const DescribeCdnRegionIspDetailStat = planAction('DescribeCdnRegionIspDetailStat');
