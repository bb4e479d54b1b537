import { planAction } from '../../action.ts';

export const CreateScreenShot = planAction('CreateScreenShot', { nameOnly: true });
