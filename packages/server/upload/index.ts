import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import { type Executor, faultLevel } from '../database/index.ts';
import { createContext, type UploadConfig, type UploadDeps } from './core/context.ts';
import { putPicture } from './core/pictures.ts';
import { requireRoom } from './core/refusals.ts';
import { countOpen, unfinishedBytes } from './core/sessions.ts';
import { sweep } from './core/sweep.ts';
import { begin } from './generation-1/begin.ts';
import { finishAnnounced } from './generation-1/finish.ts';
import { storeAnnouncedPart } from './generation-1/part.ts';
import { putSequential } from './sequential/put.ts';
import type { Uploads } from './types.ts';
import * as handlers from './v2/all.ts';

export type { UploadConfig, UploadDeps } from './core/context.ts';
export type { Uploads } from './types.ts';

const SWEEP_EVERY_MS = 600_000;

export interface UploadLoad {
  /** Memory that parts have taken, bytes. */
  partMemory: number;
  /** Parts that wait, unread, for memory. */
  partsWaiting: number;
  /** Uploads that are being finished. */
  finishing: number;
  /** Uploads that wait to be finished. */
  finishesWaiting: number;
}

export interface UploadRoom extends Uploads {
  v2: ActionHandler[];
  /** How many uploads have begun and are not finished, for operators; to be asked rarely. */
  countOpen(): Promise<number>;
  /** What the unfinished uploads of an application have announced together, bytes. */
  promisedBytes(trx: Executor, appId: string): Promise<number>;
  sweep(): Promise<void>;
  /** How full the room is at this moment. */
  load(): UploadLoad;
}

export function createUploads(
  deps: Omit<UploadDeps, 'config'> & { config: Partial<UploadConfig> },
): UploadRoom {
  const context = createContext(deps);
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  async function sweepNow(): Promise<void> {
    try {
      await sweep(context, stopping.signal);
    } catch (error) {
      deps.log[faultLevel(error)]({ err: error }, 'expired uploads could not be removed');
    }
  }

  async function withRoom<T>(run: () => Promise<T>): Promise<T> {
    await requireRoom(context.disk);
    return run();
  }

  const uploads: Uploads = {
    generation1: {
      begin: (file, now) => withRoom(() => begin(context, file, now)),
      storePart: (part, now) => withRoom(() => storeAnnouncedPart(context, part, now)),
      // What is stored already can be finished: it takes next to no room.
      finish: (file, now, signal) => finishAnnounced(context, file, now, signal),
    },
    sequential: {
      put: (file, part, now, signal) => withRoom(() => putSequential(context, file, part, now, signal)),
    },
    putPicture: (picture, now) => withRoom(() => putPicture(context, picture, now)),
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
  const { memory, finishing } = context;
  const load = () => ({
    partMemory: memory.allocated,
    partsWaiting: memory.waiting,
    finishing: finishing.running,
    finishesWaiting: finishing.waiting,
  });
  return {
    ...uploads,
    load,
    promisedBytes: unfinishedBytes,
    countOpen: () => countOpen(deps.database.db),
    sweep: sweepNow,
    v2: handlersOf(handlers, {
      uploads,
      addresses: deps.addresses,
      outbound: deps.outbound,
      verifyKey: deps.verifyKey ?? (async () => undefined),
    }),
  };
}
