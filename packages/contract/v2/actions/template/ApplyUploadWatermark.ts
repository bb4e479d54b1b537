import { planAction } from '../../action.ts';

export const ApplyUploadWatermark = planAction('ApplyUploadWatermark');
