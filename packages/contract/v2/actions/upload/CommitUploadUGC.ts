import { planAction } from '../../action.ts';

export const CommitUploadUGC = planAction('CommitUploadUGC', { protocol: 'ugc' });
