import { planAction } from '../../action.ts';

export const CommitUpload = planAction('CommitUpload');
