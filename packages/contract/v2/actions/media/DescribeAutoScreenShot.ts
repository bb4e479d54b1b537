import { planAction } from '../../action.ts';

export const DescribeAutoScreenShot = planAction('DescribeAutoScreenShot', { nameOnly: true });
