import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../common/clocks/clock.ts';
import type { OwnedFolders } from '../common/leftovers/owned-folders.ts';
import type { Logger } from '../common/log.ts';
import { runFolder, runName } from '../common/object-keys.ts';
import type { Database } from '../database/index.ts';
import type { DataKeys } from '../encryption/index.ts';
import type { Library, Video } from '../library/index.ts';
import { MediaError, type MediaInfo, md5OfFile, probe } from '../media/index.ts';
import { NotFoundError, type ObjectStore } from '../storage/index.ts';
import { type FlowControl, type FlowRunner, hasEnded, type Job, type TaskFlow } from '../tasks/index.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import { mediaFailure } from './failure.ts';
import { JOB_KINDS } from './jobs/all.ts';
import type { JobKind, Made, WorkContext } from './jobs/job.ts';

/** Carries out flows: source from the store, jobs in a local folder, results into the store and the library. */
export function createRunner(deps: {
  database: Database;
  library: Library;
  store: ObjectStore;
  folders: OwnedFolders;
  encoding: EncodingSettings;
  dataKeys: Pick<DataKeys, 'ofFlow'>;
  clock: Clock;
  log: Logger;
}): FlowRunner {
  const { database, library, store, folders, encoding, dataKeys, clock, log } = deps;
  const { db } = database;

  async function run(flow: TaskFlow, control: FlowControl): Promise<void> {
    const open = flow.jobs.filter((job) => !hasEnded(job));
    const video = flow.videoId === null ? null : await library.videos.get(db, flow.appId, flow.videoId);
    if (!video || open.length === 0) {
      return control.ended(failed(open, { kind: 'cancelled', message: 'the video does not exist' }));
    }
    if (flow.run > 1) await tidy(flow, flow.run - 1);
    await using folder = await folders.open();
    try {
      await using source = await store.localFile(video.sourceKey, { signal: control.signal });
      // Who wants one picture of it does not read the whole file.
      if (!flow.isUnasked) await noteMd5(video, source.path, control.signal);
      const context = {
        flow,
        video,
        control,
        folder: folder.path,
        source: sourceOf(source.path, control.signal),
      };
      for (const kind of JOB_KINDS) {
        const batch = open.filter(({ type }) => type === kind.type);
        if (batch.length > 0) await work(kind, batch, context);
      }
    } catch (error) {
      await tidy(flow, flow.run);
      throw error;
    }
  }

  interface RunContext {
    flow: TaskFlow;
    video: Video;
    control: FlowControl;
    folder: string;
    source: WorkContext<never>['source'];
  }

  async function work(kind: JobKind, batch: readonly Job[], context: RunContext): Promise<void> {
    const { flow, video, control, source } = context;
    const folder = path.join(context.folder, kind.type);
    await mkdir(folder);
    await control.started(batch.map(({ index }) => index));
    const open = new Map(batch.map((job) => [job.index, job]));
    await using objects = new AsyncDisposableStack();
    try {
      await kind.work(batch, {
        flow,
        source,
        dataKey: () => dataKeys.ofFlow({ appId: flow.appId, videoId: video.id, flowId: flow.id }, clock()),
        object: (key) => localObject(key, objects, control.signal),
        folder,
        encoding,
        run: runName(flow.id, flow.run),
        signal: control.signal,
        progress: (index, fraction) => control.progress(index, fraction),
        made: async (made) => {
          await publish(kind, made, context);
          for (const { index } of made.jobs) open.delete(index);
        },
      });
    } catch (error) {
      // Another try would meet the same file.
      if (!(error instanceof MediaError) || error.transient) throw error;
      await control.ended(failed([...open.values()], mediaFailure(error)), { log: error.log });
    }
  }

  async function localObject(
    key: string,
    objects: AsyncDisposableStack,
    signal: AbortSignal,
  ): Promise<string | null> {
    try {
      return objects.use(await store.localFile(key, { signal })).path;
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }

  /** Stores the files, then everything else in one transaction; without that, nothing of it stays. */
  async function publish(
    kind: JobKind,
    made: Made<Record<string, unknown>>,
    { flow, video, control }: RunContext,
  ): Promise<void> {
    const { appId, id: videoId } = video;
    const folder = runFolder(appId, videoId, runName(flow.id, flow.run));
    for (const { name, path, contentType } of made.files) {
      // It may have taken hours to make.
      await control.waitOut(() =>
        store.putFile(folder + name, path, { contentType, signal: control.signal }),
      );
    }
    // bounded by: the outputs of a video
    let unused: string[] = [];
    await control.ended(made.jobs, {
      within: async (trx) => {
        const now = clock();
        await library.outputs.save(trx, appId, videoId, made.outputs, now);
        unused = await kind.save(trx, made, { library, appId, videoId, now });
      },
    });
    for (const key of unused) await tryToRemove(flow, () => store.delete(key));
  }

  /** An upload in several parts leaves it open: who reads the whole file anyway finds it out. */
  async function noteMd5(video: Video, file: string, signal: AbortSignal): Promise<void> {
    if (video.md5 !== '') return;
    const md5 = await md5OfFile(file, signal);
    await database.transaction((trx) => library.videos.change(trx, video.appId, video.id, { md5 }, clock()));
  }

  async function tidy({ id, appId, videoId }: TaskFlow, run: number): Promise<void> {
    if (videoId === null || run === 0) return;
    await tryToRemove({ id }, () => library.outputs.discardRun(appId, videoId, runName(id, run), clock()));
  }

  async function tryToRemove({ id }: Pick<TaskFlow, 'id'>, remove: () => Promise<void>): Promise<void> {
    try {
      await remove();
    } catch (error) {
      // They are noted, or those who take the flow up again do so.
      log.warn({ err: error, flow: id }, 'files that are not needed any more could not be removed');
    }
  }

  return {
    run,
    async discard(flow) {
      await tidy(flow, flow.run - 1);
      await tidy(flow, flow.run);
    },
  };
}

/** A source that is probed when somebody asks, and not twice for the same. */
function sourceOf(path: string, signal: AbortSignal): WorkContext<never>['source'] {
  // bounded by: two ways to ask
  const probed = new Map<boolean, Promise<MediaInfo>>();
  return {
    path,
    info({ keyFrames = false } = {}) {
      const found = probed.get(keyFrames) ?? probe(path, { signal, keyFrames });
      probed.set(keyFrames, found);
      return found;
    },
  };
}

function failed(jobs: readonly Job[], failure: { kind: string; message: string }) {
  return jobs.map(({ index }) => ({ index, failure }));
}
