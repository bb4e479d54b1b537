import { planAction } from '../../action.ts';

export const DescribePlayStatTopFiles = planAction('DescribePlayStatTopFiles');
