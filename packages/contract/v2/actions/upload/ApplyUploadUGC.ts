import { planAction } from '../../action.ts';

export const ApplyUploadUGC = planAction('ApplyUploadUGC', { protocol: 'ugc' });
