import { planAction } from '../../action.ts';

export const ReplyManualReview = planAction('ReplyManualReview', { draft: true });
