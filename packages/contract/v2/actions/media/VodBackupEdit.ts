import { planAction } from '../../action.ts';

export const VodBackupEdit = planAction('VodBackupEdit', { nameOnly: true });
