import { planAction } from '../../action.ts';

export const InitUploadEx = planAction('InitUploadEx', { protocol: 'upload' });
