import { type Kysely, PostgresAdapter } from 'kysely';

declare const opaque: unique symbol;

/**
 * What a query runs on: the database, or a transaction in it. Rooms hand it on to each other, but nobody can query through
 * it: each room sees its own tables only (`tablesOf` in its `tables.ts`).
 */
export interface Executor {
  readonly [opaque]: true;
}

export type Dialect = 'sqlite' | 'postgres';

/** A query builder for some tables on an executor. To be called by a room's `tables.ts` and by migrations only. */
export function tablesOf<Tables>(executor: Executor): Kysely<Tables> {
  return executor as unknown as Kysely<Tables>;
}

/** The one way to ask which SQL is spoken. */
export function dialectOf(executor: Executor | Kysely<unknown>): Dialect {
  const { adapter } = (executor as Kysely<unknown>).getExecutor();
  return adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
