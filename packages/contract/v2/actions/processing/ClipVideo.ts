import { planAction } from '../../action.ts';

export const ClipVideo = planAction('ClipVideo');
