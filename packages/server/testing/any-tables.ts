import type { Kysely } from 'kysely';
import { type Executor, tablesOf } from '../database/index.ts';

/** All tables, whatever room they belong to: for tests that look from outside, and for those of the database itself. */
export function anyTables(executor: Executor): Kysely<Record<string, Record<string, unknown>>> {
  return tablesOf(executor);
}
