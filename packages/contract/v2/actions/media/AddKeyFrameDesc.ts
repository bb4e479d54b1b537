import { planAction } from '../../action.ts';

export const AddKeyFrameDesc = planAction('AddKeyFrameDesc');
