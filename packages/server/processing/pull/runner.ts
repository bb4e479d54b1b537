import { sourceKey, videoPrefix } from '../../common/object-keys.ts';
import { MediaError, type MediaInfo } from '../../media/index.ts';
import { type FlowControl, type FlowRunner, hasEnded, type Job, type TaskFlow } from '../../tasks/index.ts';
import { mediaFailure } from '../failure.ts';
import { noStorage, type StorageRoom, storageFailure } from '../storage-room.ts';
import { PullError } from './errors.ts';
import type { FetchContext } from './fetch.ts';
import { fetchSource } from './fetch-source.ts';
import type { PullFiles, PullFolder } from './folder.ts';
import { type PullInput, pullJob } from './job.ts';
import type { PullLimits } from './limits.ts';
import { type RegisterDeps, register } from './register.ts';

/** Of the work, what is left for reading and storing the file when all of it is there. */
const FETCHED = 0.95;

export type PullDeps = RegisterDeps & {
  probe(path: string, options: { signal: AbortSignal }): Promise<MediaInfo>;
  folder: PullFolder;
  limits: PullLimits;
  room: StorageRoom;
} & Pick<FetchContext, 'onPulled'>;

/** A file that has been pulled, as it is to be stored. */
interface Pulled {
  /** Where it lies here; absent once it is in the store. */
  path?: string;
  key: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex; empty when nobody asked for it. */
  md5: string;
  info: MediaInfo;
}

/** Carries out flows of the kind `pull`: from an address into a local folder, from there into the store and the library. */
export function createPullRunner(deps: PullDeps): FlowRunner {
  const { store, folder, probe, room } = deps;

  async function run(flow: TaskFlow, control: FlowControl): Promise<void> {
    const open = flow.jobs.filter((one) => !hasEnded(one));
    const job = open.find(({ type }) => type === pullJob.type);
    if (!job) throw new Error(`flow ${flow.id} has nothing to pull`);
    const input = pullJob.inputOf(job);
    await control.started([job.index]);
    using files = folder.take(flow.id);
    try {
      const pulled = (await pulledBefore(flow, input, control)) ?? (await pull(flow, job, files, control));
      await keep(flow, job, pulled, control);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      // Before the flow ends: nobody comes back to one that has, and who redoes it begins anew.
      await control.waitOut(() => store.deletePrefix(videoPrefix(flow.appId, input.videoId)));
      await files.remove();
      // Nothing comes of what was to be done with it, either.
      const failed = open.map(({ index }) => ({ index, failure }));
      await control.ended(failed, logOf(error));
    }
    await files.remove();
  }

  /** What a worker had stored that was killed before it could say so: nothing is stored that is not whole, and looked at. */
  async function pulledBefore(
    { appId }: TaskFlow,
    input: PullInput,
    { signal }: FlowControl,
  ): Promise<Pulled | null> {
    for await (const { key, size } of store.list(videoPrefix(appId, input.videoId))) {
      await using file = await store.localFile(key, { signal });
      return { key, size, md5: input.md5 ?? '', info: await probe(file.path, { signal }) };
    }
    return null;
  }

  async function pull(
    { appId }: TaskFlow,
    job: Job,
    files: PullFiles,
    control: FlowControl,
  ): Promise<Pulled> {
    const input = pullJob.inputOf(job);
    const stop = AbortSignal.timeout(deps.limits.maxMs);
    const signal = AbortSignal.any([control.signal, stop]);
    try {
      const context = { ...deps, signal };
      const limits = await limitsOf(appId, (fraction) => control.progress(job.index, fraction * FETCHED));
      const { path, md5 } = await fetchSource(input, files, limits, context);
      // What it says of itself, in its name or its headers, is not asked.
      const info = await probe(path, { signal });
      const key = sourceKey(appId, input.videoId, info.container);
      return { path, key, size: info.size, md5, info };
    } catch (error) {
      if (!stop.aborted || control.signal.aborted) throw error;
      const hours = deps.limits.maxMs / 3600_000;
      throw new PullError('pull.time', `it could not be fetched within ${hours} hours`);
    }
  }

  /** What a file may have at most follows from the service and from what the application has left. */
  async function limitsOf(appId: string, onFraction: (fraction: number) => void) {
    const left = await deps.database.transaction((trx) => room.left(trx, appId));
    const { maxFileBytes } = deps.limits;
    const isQuota = left !== null && left < maxFileBytes;
    return {
      maxBytes: isQuota ? left : maxFileBytes,
      tooLarge: () =>
        isQuota
          ? noStorage(appId)
          : new PullError('pull.size', `files of more than ${maxFileBytes} bytes are not taken`),
      onFraction,
    };
  }

  /** Stores the file; then the video, its events and what follows it come into being with the end of the flow. */
  async function keep(flow: TaskFlow, job: Job, pulled: Pulled, control: FlowControl): Promise<void> {
    const { appId } = flow;
    const input = pullJob.inputOf(job);
    const { path, key, size, md5, info } = pulled;
    if (path !== undefined) {
      await control.waitOut(() => store.putFile(key, path, { signal: control.signal }));
    }
    const made = {
      ...input,
      size,
      md5,
      info,
      appId,
      type: key.slice(key.lastIndexOf('.') + 1),
      sourceKey: key,
    };
    const output = { sourceKey: key, size, transcodeId: null as string | null };
    await control.ended([{ index: job.index, output }], {
      videoId: input.videoId,
      within: async (trx) => {
        // As of now: others may have stored something meanwhile.
        await room.require(trx, appId, size);
        output.transcodeId = await register(deps, trx, made, flow);
      },
    });
  }

  return {
    run,
    async discard(flow) {
      await folder.remove(flow.id);
      for (const job of flow.jobs.filter(({ type }) => type === pullJob.type)) {
        await store.deletePrefix(videoPrefix(flow.appId, pullJob.inputOf(job).videoId));
      }
    },
  };
}

/** Null for what another start may not meet again. */
function failureOf(error: unknown) {
  if (error instanceof PullError) return { kind: error.kind, message: error.message };
  if (error instanceof MediaError && !error.transient) return mediaFailure(error);
  return storageFailure(error);
}

function logOf(error: unknown) {
  return error instanceof MediaError ? { log: error.log } : {};
}
