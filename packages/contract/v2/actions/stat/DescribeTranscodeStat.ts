import { planAction } from '../../action.ts';

export const DescribeTranscodeStat = planAction('DescribeTranscodeStat');
