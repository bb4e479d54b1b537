export { type AccountsDeps, createAccounts } from './accounts.ts';
export type { Accounts, ApiKey, Application, FirstAccount, FirstAccountSettings } from './types.ts';
