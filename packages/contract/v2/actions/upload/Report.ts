import { planAction } from '../../action.ts';

export const Report = planAction('Report', { protocol: 'upload' });
