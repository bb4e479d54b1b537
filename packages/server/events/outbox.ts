import { newFileId } from '../common/ids.ts';
import type { Database, Executor } from '../database/index.ts';
import { tables } from './tables.ts';
import type { EventContent } from './types.ts';

/** An event that was handed out. */
export interface ClaimedEvent {
  id: string;
  /** The envelope as JSON. */
  content: string;
  /** How often it was handed out, this time included. */
  deliveries: number;
}

/** The `events` table: who may have which event when. Times are ms since the epoch. */
export interface Outbox {
  add(trx: Executor, appId: string, content: EventContent, now: number): Promise<void>;
  /** Whether `claim` would find something; much cheaper than trying. */
  hasVisible(appId: string | null, now: number): Promise<boolean>;
  /**
   * Hands out up to `limit` events of one account (null: of all), those first that have been visible longest, and
   * hides them until `hiddenUntil`. No event goes to two claimers, on whatever node they run.
   */
  claim(appId: string | null, limit: number, now: number, hiddenUntil: number): Promise<ClaimedEvent[]>;
  /** Ids that do not exist (any more) are fine. */
  remove(appId: string | null, ids: readonly string[]): Promise<void>;
  postpone(id: string, visibleAt: number): Promise<void>;
  /** Forgets what is older; resolves to how many that were. */
  removeOlder(than: number): Promise<number>;
}

export function createOutbox({ db, dialect }: Pick<Database, 'db' | 'dialect'>): Outbox {
  const visible = (appId: string | null, now: number) => {
    const all = tables(db).selectFrom('events').select('id').where('visible_at', '<=', now);
    return appId === null ? all : all.where('app_id', '=', appId);
  };

  return {
    async add(trx, appId, content, now) {
      const id = newFileId(now).padStart(19, '0');
      await tables(trx)
        .insertInto('events')
        .values({
          id,
          app_id: appId,
          content: JSON.stringify(content),
          created_at: now,
          visible_at: now,
          deliveries: 0,
        })
        .execute();
    },

    async hasVisible(appId, now) {
      return (await visible(appId, now).limit(1).executeTakeFirst()) !== undefined;
    },

    async claim(appId, limit, now, hiddenUntil) {
      const oldest = visible(appId, now).orderBy('visible_at').orderBy('id').limit(limit);
      // SQLite has one writer at a time; PostgreSQL passes over rows that another claimer is just taking.
      const free = dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
      const claimed = await tables(db)
        .with('free', () => free)
        .updateTable('events')
        .set((eb) => ({ visible_at: hiddenUntil, deliveries: eb('deliveries', '+', 1) }))
        .where('id', 'in', (eb) => eb.selectFrom('free').select('id'))
        .returning(['id', 'content', 'deliveries'])
        .execute();
      return claimed.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async remove(appId, ids) {
      if (ids.length === 0) return;
      const removal = tables(db).deleteFrom('events').where('id', 'in', ids);
      await (appId === null ? removal : removal.where('app_id', '=', appId)).execute();
    },

    async postpone(id, visibleAt) {
      await tables(db).updateTable('events').set({ visible_at: visibleAt }).where('id', '=', id).execute();
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
