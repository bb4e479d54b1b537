import { planAction } from '../../action.ts';

export const DescribeRecordPlayInfo = planAction('DescribeRecordPlayInfo');
