import { runFolder } from '../../common/object-keys.ts';
import type { Executor } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { tables } from '../tables.ts';
import { outputOfName } from './names.ts';

/** Who began to watch an output before it was made anew may finish: the segments of that playlist stay so long, ms. */
const KEPT_MS = 24 * 3600_000;

/** A worker that lost its run may still be storing: what it left is removed this long after, ms. */
const LAST_LOOK_MS = 10 * 60_000;
/** A store that could not remove a run is asked again after, ms. */
const RETRY_MS = 60_000;

/** Notes that outputs of these runs were replaced: what is not in use any more goes a day later. */
export async function retireRuns(
  trx: Executor,
  appId: string,
  videoId: string,
  runs: Iterable<string>,
  now: number,
): Promise<void> {
  const values = [...runs].map((run) => ({ app_id: appId, video_id: videoId, run, due_at: now + KEPT_MS }));
  if (values.length === 0) return;
  await tables(trx)
    .insertInto('retired_runs')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['video_id', 'run']).doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at') })),
    )
    .execute();
}

/**
 * Removes the files of runs that were retired a day ago, or came to nothing, and are in no output any more. Can be repeated.
 * @throws what the store has against one of them: that one has its turn again a minute later
 */
export async function removeRetired(
  { db, store }: { db: Executor; store: ObjectStore },
  now: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const due = await tables(db)
      .selectFrom('retired_runs')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(100)
      .execute();
    if (due.length === 0) return;
    for (const { app_id: appId, video_id: videoId, run } of due) {
      const row = { appId, videoId, run };
      // Before the store is asked: one that is away must not be asked for the same run at once again.
      if (!(await moveOn(db, row, now, now + RETRY_MS))) continue;
      await removeUnused(db, store, appId, videoId, run);
      await tables(db)
        .deleteFrom('retired_runs')
        .where('video_id', '=', videoId)
        .where('run', '=', run)
        .where('due_at', '=', now + RETRY_MS)
        .execute();
    }
  }
}

/** See `Outputs.discardRun`. */
export async function discardRun(
  db: Executor,
  store: ObjectStore,
  row: { appId: string; videoId: string; run: string },
  now: number,
): Promise<void> {
  const { appId, videoId, run } = row;
  // Noted first: when the store is away, or we are killed, the sweep removes it.
  await giveUpRun(db, row, now);
  if (await isKept(db, row, now)) return;
  await removeUnused(db, store, appId, videoId, run);
  await moveOn(db, row, now + RETRY_MS, now + LAST_LOOK_MS);
}

/** See `Outputs.giveUpRun`. */
export async function giveUpRun(
  trx: Executor,
  { appId, videoId, run }: { appId: string; videoId: string; run: string },
  now: number,
): Promise<void> {
  await tables(trx)
    .insertInto('retired_runs')
    .values({ app_id: appId, video_id: videoId, run, due_at: now + RETRY_MS })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether a run that is noted was replaced, so that it has a day, or has been removed already. */
async function isKept(db: Executor, row: { videoId: string; run: string }, now: number): Promise<boolean> {
  const noted = await tables(db)
    .selectFrom('retired_runs')
    .select('due_at')
    .where('video_id', '=', row.videoId)
    .where('run', '=', row.run)
    .executeTakeFirst();
  return noted !== undefined && noted.due_at > now + RETRY_MS;
}

/** Puts a run off that is due by a time; false when somebody else has it, or it has a later time by now. */
async function moveOn(
  db: Executor,
  { videoId, run }: { videoId: string; run: string },
  dueBy: number,
  due: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tables(db)
    .updateTable('retired_runs')
    .set({ due_at: due })
    .where('video_id', '=', videoId)
    .where('run', '=', run)
    .where('due_at', '<=', dueBy)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Removes the files in a run's folder that belong to no output which that run made. */
async function removeUnused(
  db: Executor,
  store: ObjectStore,
  appId: string,
  videoId: string,
  run: string,
): Promise<void> {
  const folder = runFolder(appId, videoId, run);
  const used = await tables(db)
    .selectFrom('outputs')
    .select(['kind', 'definition', 'number'])
    .where('video_id', '=', videoId)
    .where('run', '=', run)
    .execute();
  if (used.length === 0) {
    await store.deletePrefix(folder);
    return;
  }
  for await (const { key } of store.list(folder)) {
    const id = outputOfName(key.slice(folder.length));
    const isUsed = used.some(
      ({ kind, definition, number }) =>
        kind === id?.kind && definition === id.definition && number === id.number,
    );
    if (!isUsed) await store.delete(key);
  }
}
