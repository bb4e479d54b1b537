import { planAction } from '../../action.ts';

export const SimpleClipHls = planAction('SimpleClipHls');
