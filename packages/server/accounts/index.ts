export { createAccounts } from './accounts.ts';
export type { Accounts, FirstAccount } from './types.ts';
