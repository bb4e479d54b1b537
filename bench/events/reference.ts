import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** The least that handing out events costs: the same claims and deletes, nothing is looked at or shown. */
export interface BareQueue {
  /** Ids of up to 16 events, hidden from other claims for 30 s. */
  claim(queue: string, now: number): Promise<string[]>;
  remove(ids: string[]): Promise<void>;
  close(): Promise<void>;
}

const SIXTEEN = `select id from events where queue = $1 and visible_at <= $2 order by visible_at, id limit 16`;
const HIDE = 'set visible_at = $3, deliveries = deliveries + 1';
const RETURNING = 'returning id, payload, deliveries';
const VISIBILITY_MS = 30_000;

export function bareSqlite(file: string): BareQueue {
  const database = new DatabaseSync(file);
  // As durable as the service's own connection.
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536');
  const claim = database.prepare(`update events ${HIDE} where id in (${SIXTEEN}) ${RETURNING}`);
  const remove = database.prepare('delete from events where id in (select value from json_each(?))');
  return {
    claim: async (queue, now) => {
      const rows = claim.all({ $1: queue, $2: now, $3: now + VISIBILITY_MS });
      return rows.map(({ id }) => String(id));
    },
    remove: async (ids) => void remove.run(JSON.stringify(ids)),
    close: async () => database.close(),
  };
}

export function barePostgres(url: string, connections: number): BareQueue {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // Without names, as the service's own: a named statement breaks when a newer version changes its table, and behind a pooler.
  const claim = `with free as (${SIXTEEN} for update skip locked) update events ${HIDE} where id in (select id from free) ${RETURNING}`;
  const remove = 'delete from events where id = any($1)';
  return {
    claim: async (queue, now) => {
      const { rows } = await pool.query<{ id: string }>(claim, [queue, now, now + VISIBILITY_MS]);
      return rows.map(({ id }) => id);
    },
    remove: async (ids) => void (await pool.query(remove, [ids])),
    close: () => pool.end(),
  };
}
