import { planAction } from '../../action.ts';

export const ConcatVideo = planAction('ConcatVideo', { aliases: ['ConcatFile'] });
