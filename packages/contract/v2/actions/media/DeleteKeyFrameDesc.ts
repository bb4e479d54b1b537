import { planAction } from '../../action.ts';

export const DeleteKeyFrameDesc = planAction('DeleteKeyFrameDesc');
