import type { Classes } from '../classes/index.ts';
import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { Tasks } from '../tasks/types.ts';
import { listByName } from './catalogue/listing/by-name.ts';
import { listByTime } from './catalogue/listing/by-time.ts';
import { createSweeper } from './deletion/sweeper.ts';
import { createUnfinished } from './deletion/unfinished.ts';
import type { LibraryEvents } from './events.ts';
import { createMarks } from './marks/index.ts';
import { createOutputs } from './outputs/index.ts';
import { createStorage, type StorageQuota } from './storage-quota.ts';
import type { Library } from './types.ts';
import * as handlers from './v2/all.ts';
import { createVideos } from './videos/index.ts';

export type { LibraryEvents } from './events.ts';
export type { Mark, Marks } from './marks/types.ts';
export { encryptionOf, type OutputEncryption } from './outputs/encryption.ts';
export { outputName, outputOfName, spriteIndexName } from './outputs/names.ts';
export type {
  AnimatedDetails,
  SampledSnapshotsDetails,
  SnapshotsDetails,
  SpriteDetails,
} from './outputs/pictures.ts';
export { spriteSheetNames } from './outputs/pictures.ts';
export type { Output, OutputId, Outputs, Playable } from './outputs/types.ts';
export { usedStorage } from './storage-quota.ts';
export { storedBytesByApplication } from './stored-bytes.ts';
export type { Library } from './types.ts';
export { coverUrlOf } from './v2/views/cover-url.ts';
export { libraryEventViews } from './v2/views/events.ts';
export { metaDataOf, wholeSeconds } from './v2/views/meta-data.ts';
export { playSetOf } from './v2/views/play-set.ts';
export { VideoGoneError } from './videos/gone.ts';
export type { Video, VideoStatus, Videos } from './videos/types.ts';

export interface LibraryDeps {
  database: Database;
  store: ObjectStore;
  classes: Classes;
  tasks: Tasks;
  events: Events<LibraryEvents>;
  addresses: Addresses;
  clock: Clock;
  /** What decides that something is old enough to go; `clock` when left out. */
  ageClock?: Clock;
  log: Logger;
  /** No limit when left out. */
  storageQuota?: StorageQuota;
}

export interface LibraryRoom extends Library {
  v2: ActionHandler[];
  /** Begins to remove what was deleted, has expired or was made anew. */
  start(): void;
  /** Ends that; resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Videos, what they have, and lists of them. Only the sweeper runs by itself, between `start` and `stop`. */
export function createLibrary(deps: LibraryDeps): LibraryRoom {
  const { database, store } = deps;
  const sweeper = createSweeper(deps);
  const library: Library = {
    videos: createVideos({ ...deps, onDeleted: sweeper.wake }),
    outputs: createOutputs(database, store),
    marks: createMarks(database),
    catalogue: { listByTime, listByName },
    storage: createStorage(deps.storageQuota ?? (async () => null)),
    unfinished: createUnfinished({ ...deps, onGivenUp: sweeper.wake }),
  };
  return {
    ...library,
    v2: handlersOf(handlers, { ...deps, library }),
    start: sweeper.start,
    stop: sweeper.stop,
  };
}
