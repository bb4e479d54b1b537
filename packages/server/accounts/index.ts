export { createAccounts } from './accounts.ts';
export { type AppsRequest, applicationLine, appsRequest, appsUsage, type Usage } from './apps-command.ts';
export { KEYS_PER_APPLICATION } from './keys.ts';
export { type KeysRequest, keyLine, keysRequest, keysUsage } from './keys-command.ts';
export type { Accounts, ApiKey, Application, FirstAccount } from './types.ts';
