import { planAction } from '../../action.ts';

export const RegisterVod = planAction('RegisterVod');
