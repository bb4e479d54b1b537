import { planAction } from '../../action.ts';

export const UploadFile = planAction('UploadFile', { protocol: 'ugc' });
