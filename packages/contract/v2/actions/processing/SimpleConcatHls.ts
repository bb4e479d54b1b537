import { planAction } from '../../action.ts';

export const SimpleConcatHls = planAction('SimpleConcatHls');
