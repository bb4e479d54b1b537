import { type Executor, type Place, prepared } from '../../database/index.ts';
import type { Session } from '../core/sessions.ts';
import { tables } from '../tables.ts';

/** What identifies a session beside its account. */
export type SessionKey = Pick<Session, 'app_id' | 'sha1' | 'size' | 'cover_of'>;

/** The session of exactly this file, unless it was discarded. */
export async function findSession(db: Executor, key: SessionKey): Promise<Session | undefined> {
  return tables(db)
    .selectFrom('upload_sessions')
    .selectAll()
    .where('app_id', '=', key.app_id)
    .where('sha1', '=', key.sha1)
    .where('size', '=', key.size)
    .where('cover_of', '=', key.cover_of)
    .where('status', '<>', 'discarded')
    .executeTakeFirst();
}

/** The session that was announced last for this SHA-1: the later calls name nothing else. */
export async function currentSession(
  db: Executor,
  appId: string,
  sha1: string,
): Promise<Session | undefined> {
  const { rows } = await current(db, { appId, sha1 });
  return rows[0];
}

const current = prepared((db, value: Place<{ appId: string; sha1: string }>) =>
  tables(db)
    .selectFrom('upload_sessions')
    .selectAll()
    .where('app_id', '=', value('appId'))
    .where('sha1', '=', value('sha1'))
    .where('status', '<>', 'discarded')
    .orderBy('announced_at', 'desc')
    .limit(1),
);
