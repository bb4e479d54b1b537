import type { ActionHandler } from '../common/action-handler.ts';
import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/types.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { Tasks } from '../tasks/types.ts';
import { describeVodPlayUrls } from './actions/DescribeVodPlayUrls.ts';
import type { LibraryActionDeps } from './actions/deps.ts';
import { getVideoInfo } from './actions/GetVideoInfo.ts';
import { libraryOn } from './library.ts';
import type { Library } from './types.ts';

export { VideoGoneError } from './errors.ts';
export type {
  Library,
  NewVideo,
  PlayableRendition,
  Rendition,
  Video,
  VideoStatus,
} from './types.ts';
export { coverUrlOf } from './wire/cover-url.ts';
export { type BitrateUnit, metaDataOf, wholeSeconds } from './wire/meta-data.ts';
export { playSetOf } from './wire/play-set.ts';

export interface LibraryDeps {
  database: Database;
  store: ObjectStore;
  tasks: Tasks;
  events: Events;
  addresses: Addresses;
  clock: Clock;
  log: Logger;
}

export interface LibraryService extends Library {
  /** Begins to remove what was deleted or has expired. */
  start(): void;
  /** Ends that; resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

export function createLibrary(deps: LibraryDeps): LibraryService {
  return {
    ...libraryOn(deps.database),
    start() {},
    async stop() {},
  };
}

/** Handlers of the actions on videos and classes. */
export function libraryActions(deps: LibraryActionDeps): ActionHandler[] {
  return [describeVodPlayUrls(deps), getVideoInfo(deps)];
}
