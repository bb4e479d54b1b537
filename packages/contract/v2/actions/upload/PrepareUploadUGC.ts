import { planAction } from '../../action.ts';

export const PrepareUploadUGC = planAction('PrepareUploadUGC', { protocol: 'ugc' });
