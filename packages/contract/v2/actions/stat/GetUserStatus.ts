import { planAction } from '../../action.ts';

export const GetUserStatus = planAction('GetUserStatus');
