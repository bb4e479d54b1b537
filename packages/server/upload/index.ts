import type { ActionHandler } from '../common/v2/handler.ts';
import type { UploadConfig, UploadContext, UploadDeps } from './core/context.ts';
import { Hasher } from './core/hashing/hasher.ts';
import { LiveUploads } from './core/live.ts';
import { PartLog } from './core/part-log.ts';
import { PartMemory } from './core/part-memory.ts';
import { putPicture } from './core/pictures.ts';
import { sweep } from './core/sweep.ts';
import { begin } from './generation-1/begin.ts';
import { finishAnnounced } from './generation-1/finish.ts';
import { storeAnnouncedPart } from './generation-1/part.ts';
import type { Uploads } from './types.ts';
import { finishUpload } from './v2/FinishUpload.ts';
import { initUpload } from './v2/InitUpload.ts';
import { smallFileUpload } from './v2/SmallFileUpload.ts';
import { uploadPart } from './v2/UploadPart.ts';

export type { UploadConfig, UploadDeps } from './core/context.ts';
export type { Uploads } from './types.ts';

/** The documents name no limits; these are those of the successor API: resumed within a day, 48 GiB a file. */
const UPLOAD_DEFAULTS: UploadConfig = {
  instantUpload: false,
  sessionTtlMs: 24 * 3600_000,
  maxFileBytes: 48 * 1024 ** 3,
};

/** All parts that come in, are being stored, or wait for earlier ones to be hashed; more of them wait to be read. */
const PART_MEMORY_BYTES = 128 * 1024 * 1024;

const SWEEP_EVERY_MS = 600_000;

export function createUploads(
  deps: Omit<UploadDeps, 'config'> & { config: Partial<UploadConfig> },
): Uploads & { sweep(): Promise<void> } {
  const memory = new PartMemory(PART_MEMORY_BYTES);
  const hasher = new Hasher();
  const context: UploadContext = {
    ...deps,
    config: { ...UPLOAD_DEFAULTS, ...deps.config },
    memory,
    hasher,
    live: new LiveUploads(deps.store, memory, hasher),
    partLog: new PartLog(deps.database),
  };
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  async function sweepNow(): Promise<void> {
    try {
      await sweep(context, stopping.signal);
    } catch (error) {
      deps.log.error({ err: error }, 'expired uploads could not be removed');
    }
  }

  return {
    generation1: {
      begin: (file, now) => begin(context, file, now),
      storePart: (part, now) => storeAnnouncedPart(context, part, now),
      finish: (file, now) => finishAnnounced(context, file, now),
    },
    putPicture: (picture, now) => putPicture(context, picture, now),
    sweep: sweepNow,
    start() {
      sweeping = sweepNow();
      timer = setInterval(() => {
        sweeping = sweeping.then(sweepNow);
      }, SWEEP_EVERY_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await sweeping;
      await hasher.close();
    },
  };
}

/** Handlers of the generation-1 upload calls. */
export function uploadActions(deps: Pick<UploadDeps, 'addresses'> & { uploads: Uploads }): ActionHandler[] {
  return [initUpload(deps), uploadPart(deps), finishUpload(deps), smallFileUpload(deps)] as ActionHandler[];
}
