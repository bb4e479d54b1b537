import { planAction } from '../../action.ts';

export const DescribeStorage = planAction('DescribeStorage');
