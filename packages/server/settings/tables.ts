import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface SettingsTables {
  /** What was set; what has no row is at its default. */
  settings: {
    app_id: string;
    name: string;
    /** As it was given. */
    value: string;
    changed_at: number;
  };
  /** What was set for one domain, in place of that. */
  domain_settings: {
    app_id: string;
    /** As a `Host` has it: without a port, in lower case. */
    domain: string;
    name: string;
    value: string;
    changed_at: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<SettingsTables>(executor);
