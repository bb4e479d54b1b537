import { planAction } from '../../action.ts';

export const DeletePornScreenshot = planAction('DeletePornScreenshot', { draft: true });
