import type { TestContext } from 'node:test';
import { CompiledQuery, DefaultQueryExecutor } from 'kysely';
import type { Database, Executor } from '../database/index.ts';
import { anyTables } from './any-tables.ts';

/** Notes every statement that runs, by its text, until the test ends or restores its mocks. */
export function recording(t: TestContext): Map<string, CompiledQuery> {
  const statements = new Map<string, CompiledQuery>();
  const run = DefaultQueryExecutor.prototype.executeQuery;
  t.mock.method(
    DefaultQueryExecutor.prototype,
    'executeQuery',
    function (this: DefaultQueryExecutor, query: CompiledQuery, ...others: []) {
      statements.set(query.sql, query);
      return run.call(this, query, ...others);
    },
  );
  return statements;
}

/** The database's plan, one step a line. */
export async function planOf(
  dialect: Database['dialect'],
  trx: Executor,
  { sql: text, parameters }: CompiledQuery,
) {
  const explain = dialect === 'sqlite' ? 'explain query plan' : 'explain';
  const { rows } = await anyTables(trx).executeQuery<Record<string, string>>(
    CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
  );
  return rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n');
}
