import type { UploadContext } from './context.ts';
import { discard, markDiscarded } from './discard.ts';
import { deleteSession, idleSessions } from './sessions.ts';

const BATCH = 100;

/** Removes uploads that were given up, and forgets finished ones that nobody will ask for again. */
export async function sweep(context: UploadContext, signal: AbortSignal): Promise<void> {
  const { database, clock, ageClock = clock, config, live, log } = context;
  const expired = ageClock() - config.sessionTtlMs;
  live.forgetIdle(expired);
  for (const statuses of [['open', 'sealed'], ['discarded'], ['done']] as const) {
    const touchedBefore = statuses[0] === 'discarded' ? Number.MAX_SAFE_INTEGER : expired;
    for (let size = BATCH; size === BATCH && !signal.aborted; ) {
      const sessions = await idleSessions(database.db, statuses, touchedBefore, BATCH);
      size = sessions.length;
      for (const session of sessions) {
        if (session.status === 'done') await deleteSession(database.db, session.id);
        else if (session.status === 'discarded' || (await markDiscarded(database.db, session))) {
          await discard(context, session);
          log.info({ session: session.id, size: session.size }, 'removed an unfinished upload');
        }
      }
    }
  }
}
