import type { Selectable } from 'kysely';
import type { Clock } from '../../common/clocks/clock.ts';
import type { Logger } from '../../common/log.ts';
import { videoPrefix } from '../../common/object-keys.ts';
import type { Database, Executor } from '../../database/index.ts';
import type { Events } from '../../events/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Tasks } from '../../tasks/types.ts';
import type { LibraryEvents } from '../events.ts';
import { removeRetired } from '../outputs/retired.ts';
import { type LibraryTables, tables } from '../tables.ts';
import { removeVideo } from './remove.ts';
import { UNFINISHED } from './unfinished.ts';

/** A worker that was cancelled may still have been storing: what it left is removed this long after. */
const LAST_LOOK_MS = 10 * 60_000;

const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 3600_000;
const AT_ONCE = 8;

export interface SweepDeps {
  database: Database;
  store: ObjectStore;
  tasks: Tasks;
  events: Events<LibraryEvents>;
  clock: Clock;
  /** What decides that a video has expired, or that files have been kept for long enough; `clock` when left out. */
  ageClock?: Clock;
  log: Logger;
}

type Deletion = Selectable<LibraryTables['deletions']>;

/**
 * Takes out what has expired, removes the objects of what was taken out and says so (`video.deleted`), and removes the files
 * of runs that were replaced. Every step may be repeated, so a kill between any two of them costs nothing, and several servers may sweep at once.
 * @throws what the database threw; the next sweep goes on from there
 */
export async function sweep(deps: SweepDeps, signal: AbortSignal): Promise<void> {
  await removeDue(deps, signal);
  if (await takeOutExpired(deps, signal)) await removeDue(deps, signal);
  await removeRetired({ db: deps.database.db, store: deps.store }, (deps.ageClock ?? deps.clock)(), signal);
}

async function removeDue(deps: SweepDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await dueDeletions(deps.database.db, deps.clock());
    if (due.length === 0) return;
    const results = await Promise.allSettled(due.map((deletion) => removeObjects(deps, deletion)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}

/** What is due at `now`, else what waits for longer than anything does: the clock went back since. */
async function dueDeletions(db: Executor, now: number): Promise<Deletion[]> {
  const some = tables(db).selectFrom('deletions').selectAll().orderBy('due_at').limit(AT_ONCE);
  const due = await some.where('due_at', '<=', now).execute();
  return due.length > 0 ? due : some.where('due_at', '>', now + LONGEST_RETRY_MS).execute();
}

/** True when there was something. */
async function takeOutExpired(
  { database, tasks, clock, ageClock = clock }: SweepDeps,
  signal: AbortSignal,
): Promise<boolean> {
  for (let some = false; ; some = true) {
    const now = ageClock();
    const expired = await tables(database.db)
      .selectFrom('videos')
      .select(['id', 'app_id'])
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(100)
      .execute();
    if (expired.length === 0 || signal.aborted) return some;
    for (const { id, app_id } of expired) {
      const removal = { appId: app_id, videoId: id, priority: 'medium', expiredBy: now } as const;
      await database.transaction((trx) => removeVideo(trx, tasks, removal, now));
    }
  }
}

async function removeObjects(deps: SweepDeps, deletion: Deletion): Promise<void> {
  const { store, log } = deps;
  const { app_id: appId, video_id: videoId } = deletion;
  const isUnfinished = deletion.announced === UNFINISHED;
  if (isUnfinished && !(await claim(deps, videoId))) return;
  try {
    await store.deletePrefix(videoPrefix(appId, videoId));
  } catch (error) {
    log.error(
      { err: error, videoId },
      'the objects of a deleted video could not be removed; trying again later',
    );
    return await postpone(deps, deletion);
  }
  if (isUnfinished) return;
  await (deletion.announced ? forget(deps, videoId) : announce(deps, deletion));
}

/** From now on it cannot become a video; whoever is at it still will find out. False when it has become one. */
async function claim({ database: { db }, clock }: SweepDeps, videoId: string): Promise<boolean> {
  const row = await tables(db)
    .updateTable('deletions')
    .set({ announced: 1, due_at: clock() + LAST_LOOK_MS })
    .where('video_id', '=', videoId)
    .where('announced', '=', UNFINISHED)
    .returning('video_id')
    .executeTakeFirst();
  return row !== undefined;
}

async function announce({ database, events, clock }: SweepDeps, deletion: Deletion): Promise<void> {
  const { app_id: appId, video_id: videoId } = deletion;
  const now = clock();
  await database.transaction(async (trx) => {
    const first = await tables(trx)
      .updateTable('deletions')
      .set({ announced: 1, attempts: 0, due_at: now + LAST_LOOK_MS })
      .where('video_id', '=', videoId)
      .where('announced', '=', 0)
      .returning('video_id')
      .executeTakeFirst();
    const event = { type: 'video.deleted', payload: { videoIds: [videoId] } } as const;
    if (first) await events.emit(trx, appId, event, now);
  });
}

async function forget({ database: { db } }: SweepDeps, videoId: string): Promise<void> {
  await tables(db).deleteFrom('deletions').where('video_id', '=', videoId).execute();
}

async function postpone(
  { database: { db }, clock }: SweepDeps,
  { video_id, attempts }: Deletion,
): Promise<void> {
  const wait = Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);
  await tables(db)
    .updateTable('deletions')
    .set({ attempts: attempts + 1, due_at: clock() + wait })
    .where('video_id', '=', video_id)
    .execute();
}
