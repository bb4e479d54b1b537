import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import { type Dialect, dialectOf, type Executor } from './executor.ts';

/** Marks where the value of a name goes. It fits any column: who runs the query is asked for values of the right type. */
export interface Place<Values> {
  (name: keyof Values): never;
  /** Never there; lets the compiler see the type. */
  values?: Values;
}

class Named {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query whose SQL is made once for each dialect, for those that run all the time: making it takes several times as long as
 * SQLite takes to answer. `build` says where the values go, each by its name, and must always make the same query.
 * @returns what runs it on an executor
 */
export function prepared<Values extends object, Row>(
  build: (db: Executor, value: Place<Values>) => Compilable<Row>,
): (db: Executor, values: Values) => Promise<QueryResult<Row>> {
  const known = new Map<Dialect, CompiledQuery<Row>>();
  return (db, values) => {
    const dialect = dialectOf(db);
    let query = known.get(dialect);
    if (!query) {
      query = build(db, (name) => new Named(name) as never).compile();
      known.set(dialect, query);
    }
    const parameters = query.parameters.map((one) =>
      one instanceof Named ? values[one.name as keyof Values] : one,
    );
    return (db as unknown as Kysely<unknown>).executeQuery<Row>({ ...query, parameters });
  };
}
