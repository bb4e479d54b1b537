import { planAction } from '../../action.ts';

export const FinishUploadEx = planAction('FinishUploadEx', { protocol: 'upload' });
