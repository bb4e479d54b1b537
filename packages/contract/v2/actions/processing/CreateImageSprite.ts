import { planAction } from '../../action.ts';

export const CreateImageSprite = planAction('CreateImageSprite');
