import { planAction } from '../../action.ts';

export const ProcessCosMedia = planAction('ProcessCosMedia', { draft: true });
