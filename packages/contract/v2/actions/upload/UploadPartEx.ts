import { planAction } from '../../action.ts';

export const UploadPartEx = planAction('UploadPartEx', { protocol: 'upload' });
