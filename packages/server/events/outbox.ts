import { sql } from 'kysely';
import { newFileId } from '../common/ids.ts';
import { type Database, dialectOf, type Executor, type Place, prepared } from '../database/index.ts';
import { tables } from './tables.ts';
import type { EventRecord } from './types.ts';

/** An event that was handed out. */
export interface ClaimedEvent extends EventRecord {
  id: string;
  /** Null in the queue of an application. */
  notifyUrl: string | null;
  /** How often it was handed out, this time included. */
  deliveries: number;
}

/** The `events` table: who may have which event when. A queue is what one reader reads; times are ms since the epoch. */
export interface Outbox {
  add(trx: Executor, queue: string, event: EventRecord, now: number, notifyUrl?: string): Promise<void>;
  /** Names of all queues that hold something, whether it may be handed out yet or not. */
  queues(): Promise<string[]>;
  /** Whether `claim` would find something. */
  hasVisible(queue: string, now: number): Promise<boolean>;
  /**
   * Hands out up to `limit` events of a queue, those first that have been visible longest, and hides them until
   * `hiddenUntil`. No event goes to two claimers, on whatever node they run. Finding none costs no more than a read.
   */
  claim(queue: string, limit: number, now: number, hiddenUntil: number): Promise<ClaimedEvent[]>;
  /** Ids that do not exist (any more) are fine. */
  remove(queue: string, ids: readonly string[]): Promise<void>;
  postpone(id: string, visibleAt: number): Promise<void>;
  /** Hands it out no more, and keeps why. */
  setAside(id: string, fault: string): Promise<void>;
  /** Gives what was set aside another chance. */
  takeBack(now: number): Promise<void>;
  /**
   * Makes visible what would be hidden for longer than `longestMs`, which nothing hides: the clock went back since. What was set
   * aside stays so. Resolves to how many that were.
   */
  bringBack(now: number, longestMs: number): Promise<number>;
  /** Forgets what is older; resolves to how many that were. */
  removeOlder(than: number): Promise<number>;
}

/** Beyond any clock. */
const NEVER = Number.MAX_SAFE_INTEGER;

const visible = (db: Executor, queue: string, now: number) =>
  tables(db).selectFrom('events').select('id').where('queue', '=', queue).where('visible_at', '<=', now);

const oneVisible = prepared((db, value: Place<{ queue: string; now: number }>) =>
  visible(db, value('queue'), value('now')).limit(1),
);

const claimOldest = prepared(
  (db, value: Place<{ queue: string; limit: number; now: number; hiddenUntil: number }>) => {
    const oldest = visible(db, value('queue'), value('now'))
      .orderBy('visible_at')
      .orderBy('id')
      .limit(value('limit'));
    // SQLite has one writer at a time; PostgreSQL passes over rows that another claimer is just taking.
    const free = dialectOf(db) === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
    return tables(db)
      .with('free', () => free)
      .updateTable('events')
      .set((eb) => ({ visible_at: value('hiddenUntil'), deliveries: eb('deliveries', '+', 1) }))
      .where('id', 'in', (eb) => eb.selectFrom('free').select('id'))
      .returning(['id', 'type', 'payload', 'notify_url as notifyUrl', 'deliveries']);
  },
);

/** `ids` is a JSON list: with one value for all of them it is one query, however many they are. */
const removeAll = prepared((db, value: Place<{ queue: string; ids: string }>) => {
  const listed =
    dialectOf(db) === 'postgres'
      ? sql<string>`(select json_array_elements_text(${value('ids')}::json))`
      : sql<string>`(select value from json_each(${value('ids')}))`;
  // An expression that no index knows: SQLite would look through the whole queue for some of its ids.
  const inQueue = sql<boolean>`queue || '' = ${value('queue')}`;
  return tables(db).deleteFrom('events').where('id', 'in', listed).where(inQueue);
});

export function createOutbox({ db, dialect }: Pick<Database, 'db' | 'dialect'>): Outbox {
  async function hasVisible(queue: string, now: number): Promise<boolean> {
    return (await oneVisible(db, { queue, now })).rows.length > 0;
  }

  return {
    async add(trx, queue, { type, payload }, now, notifyUrl) {
      const id = newFileId(now).padStart(19, '0');
      const event = { id, queue, type, payload: JSON.stringify(payload), notify_url: notifyUrl ?? null };
      await tables(trx)
        .insertInto('events')
        .values({ ...event, created_at: now, visible_at: now, deliveries: 0, fault: null })
        .execute();
    },

    // From each name straight to the next, by the index: the cost is that of the queues, however many events they hold.
    async queues() {
      const rows = await tables(db)
        .withRecursive('names', (names) =>
          names
            .selectFrom('events')
            .select((eb) => eb.fn.min<string | null>('queue').as('queue'))
            .unionAll((eb) =>
              eb
                .selectFrom('names')
                .select((names) =>
                  names
                    .selectFrom('events')
                    .select((next) => next.fn.min<string | null>('events.queue').as('queue'))
                    .whereRef('events.queue', '>', 'names.queue')
                    .as('queue'),
                )
                .where('names.queue', 'is not', null),
            ),
        )
        .selectFrom('names')
        .select('queue')
        .where('queue', 'is not', null)
        .execute();
      return rows.flatMap(({ queue }) => queue ?? []);
    },

    hasVisible,

    async claim(queue, limit, now, hiddenUntil) {
      // Whoever waits for events asks again and again, and must not take the one writer's turn for that.
      if (dialect === 'sqlite' && !(await hasVisible(queue, now))) return [];
      const { rows } = await claimOldest(db, { queue, limit, now, hiddenUntil });
      return rows
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
    },

    async remove(queue, ids) {
      if (ids.length === 0) return;
      await removeAll(db, { queue, ids: JSON.stringify(ids) });
    },

    async postpone(id, visibleAt) {
      await tables(db).updateTable('events').set({ visible_at: visibleAt }).where('id', '=', id).execute();
    },

    async setAside(id, fault) {
      await tables(db).updateTable('events').set({ visible_at: NEVER, fault }).where('id', '=', id).execute();
    },

    async takeBack(now) {
      await tables(db)
        .updateTable('events')
        .set({ visible_at: now, fault: null })
        .where('fault', 'is not', null)
        .execute();
    },

    // Queue by queue, so that an index answers.
    async bringBack(now, longestMs) {
      let found = 0;
      for (const queue of await this.queues()) {
        const { numUpdatedRows } = await tables(db)
          .updateTable('events')
          .set({ visible_at: now })
          .where('queue', '=', queue)
          .where('visible_at', '>', now + longestMs)
          .where('visible_at', '<', NEVER)
          .executeTakeFirstOrThrow();
        found += Number(numUpdatedRows);
      }
      return found;
    },

    async removeOlder(than) {
      const { numDeletedRows } = await tables(db)
        .deleteFrom('events')
        .where('created_at', '<', than)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
