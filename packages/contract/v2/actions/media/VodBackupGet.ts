import { planAction } from '../../action.ts';

export const VodBackupGet = planAction('VodBackupGet', { draft: true });
