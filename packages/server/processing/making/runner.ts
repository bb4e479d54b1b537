import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../common/clocks/clock.ts';
import type { OwnedFolders } from '../../common/leftovers/owned-folders.ts';
import type { Logger } from '../../common/log.ts';
import { runFolder, runName, sourceKey, videoPrefix } from '../../common/object-keys.ts';
import type { Database } from '../../database/index.ts';
import type { Library } from '../../library/index.ts';
import { MediaError, type MediaSource, probe } from '../../media/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import {
  type FlowControl,
  type FlowRunner,
  hasEnded,
  type Job,
  type TaskFlow,
  type TaskQueries,
} from '../../tasks/index.ts';
import type { EncodingSettings } from '../encoding-settings.ts';
import { mediaFailure } from '../failure.ts';
import { renditionOutput } from '../jobs/transcode.ts';
import { type StorageRoom, storageFailure } from '../storage-room.ts';
import type { Processing } from '../types.ts';
import type { MadeFile, MakingOptions } from './maker.ts';
import { makerOf } from './makers.ts';

/** What is left of the work for storing what was made. */
const MADE = 0.97;

/** Carries out flows that make a video of others: sources from the store, the work in a local folder, the result a video of its own. */
export function createMakingRunner(deps: {
  database: Database;
  library: Library;
  store: ObjectStore;
  tasks: Pick<TaskQueries, 'findFlow'>;
  processing: Pick<Processing, 'startFirstCover'>;
  folders: OwnedFolders;
  room: StorageRoom;
  encoding: EncodingSettings;
  clock: Clock;
  log: Logger;
}): FlowRunner {
  const { database, library, store, tasks, processing, folders, room, encoding, clock, log } = deps;

  async function run(flow: TaskFlow, control: FlowControl): Promise<void> {
    const open = flow.jobs.filter((job) => !hasEnded(job));
    // All of the flow, or what a task flow does first: then nothing comes of the rest either when this fails.
    const jobs = open.filter(({ type }) => makerOf(type) !== null);
    const make = makerOf(jobs[0]?.type ?? '');
    if (make === null) throw new Error(`flow ${flow.id} has no video to make`);
    const all = (failure: { kind: string; message: string }) => open.map(({ index }) => ({ index, failure }));
    await control.started(jobs.map(({ index }) => index));
    const missing = { kind: 'cancelled', message: 'a video that it was to be made of does not exist' };
    try {
      await using folder = await folders.open();
      await using open = new AsyncDisposableStack();
      const sources = await sourcesOf(flow, control, open);
      if (sources === null) return await control.ended(all(missing));
      const made = await make(jobs, sources, {
        ...{ folder: folder.path, encoding, signal: control.signal },
        run: runName(flow.id, flow.run),
        progress: (fraction) => {
          for (const { index } of jobs) control.progress(index, fraction * MADE);
        },
      });
      await keep(flow, jobs, made, control);
    } catch (error) {
      const failure = storageFailure(error);
      if (failure !== null) {
        // Before the flow ends, since nobody comes back to one that has.
        await control.waitOut(() => discard(flow));
        await control.ended(all(failure));
      } else if (error instanceof MediaError && !error.transient) {
        // Another try would meet the same files.
        await control.ended(all(mediaFailure(error)), { log: error.log });
      } else {
        await cleanUpIfCancelled(flow);
        throw error;
      }
    }
  }

  /** Null when one of them is gone. A source that occurs several times is fetched and probed once. */
  async function sourcesOf(
    { appId, sources }: TaskFlow,
    { signal }: FlowControl,
    open: AsyncDisposableStack,
  ): Promise<MediaSource[] | null> {
    const videos = await library.videos.getMany(database.db, appId, [...new Set(sources)]);
    // bounded by: the sources of a flow
    const found = new Map<string, MediaSource>();
    for (const { id, sourceKey } of videos) {
      const { path } = open.use(await store.localFile(sourceKey, { signal }));
      found.set(id, { path, info: await probe(path, { signal }) });
    }
    const inOrder = sources.flatMap((id) => found.get(id) ?? []);
    return inOrder.length === sources.length ? inOrder : null;
  }

  /** Stores the files; then the video and what it has come into being with the end of the flow. */
  async function keep(
    flow: TaskFlow,
    jobs: readonly Job[],
    made: MadeFile,
    control: FlowControl,
  ): Promise<void> {
    const { appId } = flow;
    const { videoId, name } = flow.options as unknown as MakingOptions;
    const { path, info, md5, renditions } = made;
    const key = sourceKey(appId, videoId, 'mp4');
    const { size } = await stat(path);
    const run = runName(flow.id, flow.run);
    const outputs = renditions.map((rendition) => renditionOutput(rendition, { run }));
    const bytes = outputs.reduce((sum, { totalSize }) => sum + totalSize, size);
    await control.waitOut(() => database.transaction((trx) => room.require(trx, appId, bytes)));
    const sha1 = await sha1OfFile(path, control.signal);
    const put = (to: string, from: string, contentType: string) =>
      control.waitOut(() => store.putFile(to, from, { contentType, signal: control.signal }));
    await put(key, path, 'video/mp4');
    const files = renditions.flatMap((rendition) => rendition.files);
    for (const file of files)
      await put(runFolder(appId, videoId, run) + file.name, file.path, file.contentType);
    const results = jobs.map(({ index }) => ({
      index,
      output: {
        source: key.slice(videoPrefix(appId, videoId).length),
        renditions: outputs.map((one) => one.name),
      },
    }));
    await control.ended(results, {
      videoId,
      within: async (trx) => {
        const now = clock();
        // As of now: others may have stored something meanwhile.
        await room.require(trx, appId, bytes);
        await library.videos.create(
          trx,
          {
            ...{ id: videoId, appId, name, type: 'mp4', size, sha1, md5, info },
            ...{ sourceKey: key, sourceType: 'ServerUpload' },
          },
          now,
        );
        await library.outputs.save(trx, appId, videoId, outputs, now);
        await processing.startFirstCover(trx, { id: videoId, appId, info }, now);
      },
    });
    // What a start before this one had stored, and could not finish.
    for (let before = 1; before < flow.run; before++) {
      await library.outputs.discardRun(appId, videoId, runName(flow.id, before), clock());
    }
  }

  /** Whoever was broken off with his files stored, because a source was deleted, leaves them to nobody. */
  async function cleanUpIfCancelled(flow: TaskFlow): Promise<void> {
    try {
      const now = await tasks.findFlow(flow.appId, flow.id, clock());
      if (now?.status === 'finished' && now.videoId === null) await discard(flow);
    } catch (error) {
      log.warn({ err: error, flow: flow.id }, 'files that are not needed any more could not be removed');
    }
  }

  async function discard({ appId, options }: TaskFlow): Promise<void> {
    await store.deletePrefix(videoPrefix(appId, (options as unknown as MakingOptions).videoId));
  }

  return { run, discard };
}

async function sha1OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, { signal });
  return hash.digest('hex');
}
