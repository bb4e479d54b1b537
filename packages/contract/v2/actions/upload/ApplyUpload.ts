import { planAction } from '../../action.ts';

export const ApplyUpload = planAction('ApplyUpload');
