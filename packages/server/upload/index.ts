import type { ActionHandler } from '../common/v2/handler.ts';
import { begin } from './begin.ts';
import { putCover } from './covers.ts';
import type { UploadConfig, UploadContext, UploadDeps } from './deps.ts';
import { finish } from './finish.ts';
import { Hasher } from './hashing/hasher.ts';
import { PartBuffers } from './hashing/part-buffers.ts';
import { LiveUploads } from './live.ts';
import { PartLog } from './part-log.ts';
import { storePart } from './store-part.ts';
import { sweep } from './sweep.ts';
import type { Uploads } from './types.ts';
import { finishUpload } from './v2/FinishUpload.ts';
import { initUpload } from './v2/InitUpload.ts';
import { smallFileUpload } from './v2/SmallFileUpload.ts';
import { uploadPart } from './v2/UploadPart.ts';

export type { Announcement } from './announce.ts';
export type { Begun } from './begin.ts';
export type { SmallCover } from './covers.ts';
export type { UploadConfig, UploadDeps } from './deps.ts';
export type { FinishedUpload } from './live.ts';
export type { IncomingPart } from './store-part.ts';
export type { Uploads } from './types.ts';

/** The documents name no limits; these are those of the successor API: resumed within a day, 48 GiB a file. */
const UPLOAD_DEFAULTS: UploadConfig = {
  instantUpload: false,
  sessionTtlMs: 24 * 3600_000,
  maxFileBytes: 48 * 1024 ** 3,
};

/** Parts in flight and parts that wait for earlier ones to be hashed, of all uploads together. */
const BUFFER_BYTES = 64 * 1024 * 1024;

const SWEEP_EVERY_MS = 600_000;

export function createUploads(
  deps: Omit<UploadDeps, 'config'> & { config: Partial<UploadConfig> },
): Uploads & { sweep(): Promise<void> } {
  const buffers = new PartBuffers(BUFFER_BYTES);
  const hasher = new Hasher();
  const context: UploadContext = {
    ...deps,
    config: { ...UPLOAD_DEFAULTS, ...deps.config },
    buffers,
    hasher,
    live: new LiveUploads(deps.store, buffers, hasher),
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
    begin: (file, now) => begin(context, file, now),
    storePart: (part, now) => storePart(context, part, now),
    finish: (appId, sha1, now) => finish(context, appId, sha1, now),
    putCover: (cover, now) => putCover(context, cover, now),
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
