import { sql } from 'kysely';
import { dialectOf, type Executor, tablesOf } from './executor.ts';

/**
 * Lets transactions that use the same name take turns from here until they end: who counts and then adds to what it counted
 * must not do so beside another. SQLite has one writer at a time anyway. To be taken last, after all rows, so that nobody waits
 * for a row while holding it.
 */
export async function lockUntilEnd(trx: Executor, name: string): Promise<void> {
  if (dialectOf(trx) === 'sqlite') return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tablesOf(trx));
}
