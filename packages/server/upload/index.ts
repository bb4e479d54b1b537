import type { ActionHandler } from '../common/v2/handler.ts';
import { createContext, type UploadConfig, type UploadDeps } from './core/context.ts';
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

const SWEEP_EVERY_MS = 600_000;

export function createUploads(
  deps: Omit<UploadDeps, 'config'> & { config: Partial<UploadConfig> },
): Uploads & { sweep(): Promise<void> } {
  const context = createContext(deps);
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
      await context.partHasher.close();
      await context.fileHasher.close();
    },
  };
}

/** Handlers of the generation-1 upload calls. */
export function uploadActions(deps: Pick<UploadDeps, 'addresses'> & { uploads: Uploads }): ActionHandler[] {
  return [initUpload(deps), uploadPart(deps), finishUpload(deps), smallFileUpload(deps)] as ActionHandler[];
}
