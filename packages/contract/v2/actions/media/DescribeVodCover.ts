import { planAction } from '../../action.ts';

export const DescribeVodCover = planAction('DescribeVodCover');
