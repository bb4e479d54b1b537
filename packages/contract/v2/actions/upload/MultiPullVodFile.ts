import { planAction } from '../../action.ts';

export const MultiPullVodFile = planAction('MultiPullVodFile');
