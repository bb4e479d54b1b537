import { planAction } from '../../action.ts';

export const WxPublish = planAction('WxPublish', { nameOnly: true });
