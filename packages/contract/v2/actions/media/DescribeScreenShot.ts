import { planAction } from '../../action.ts';

export const DescribeScreenShot = planAction('DescribeScreenShot', { nameOnly: true });
