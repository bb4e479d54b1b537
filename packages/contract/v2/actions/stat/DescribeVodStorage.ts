import { planAction } from '../../action.ts';

export const DescribeVodStorage = planAction('DescribeVodStorage');
