import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface AccountsTables {
  applications: ApplicationsTable;
  api_keys: ApiKeysTable;
}

/** Main applications, whose `account_id` is their own id, and the sub-applications of each. */
interface ApplicationsTable {
  app_id: string;
  account_id: string;
  name: string;
  created_at: number;
  /** 0 or 1. */
  switched_off: number;
}

/** An application has at most two keys (docs/wire/calls.md, Several keys): slots 0 and 1. */
interface ApiKeysTable {
  /** Whose key it is. That of a main application acts in all of its account's, that of a sub-application in no other. */
  app_id: string;
  slot: number;
  secret_id: string;
  secret_key: string;
  /** 0 or 1. */
  disabled: number;
  created_at: number;
  /** To the hour; null when it was never used. */
  last_used_at: number | null;
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<AccountsTables>(executor);
