import { planAction } from '../../action.ts';

export const DescribeVodHosts = planAction('DescribeVodHosts');
