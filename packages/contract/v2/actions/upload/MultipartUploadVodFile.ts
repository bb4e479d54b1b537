import { planAction } from '../../action.ts';

export const MultipartUploadVodFile = planAction('MultipartUploadVodFile', { protocol: 'upload' });
