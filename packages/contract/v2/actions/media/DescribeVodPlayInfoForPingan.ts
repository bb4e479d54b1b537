import { planAction } from '../../action.ts';

export const DescribeVodPlayInfoForPingan = planAction('DescribeVodPlayInfoForPingan', { nameOnly: true });
