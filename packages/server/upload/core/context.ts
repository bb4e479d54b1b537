import type { Addresses } from '../../common/addresses.ts';
import type { Clock } from '../../common/clock.ts';
import type { Logger } from '../../common/log.ts';
import type { Database } from '../../database/index.ts';
import type { Events } from '../../events/types.ts';
import type { Library } from '../../library/types.ts';
import type { MediaInfo } from '../../media/index.ts';
import type { Processing } from '../../processing/types.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Hasher } from './hashing/hasher.ts';
import type { LiveUploads } from './live.ts';
import type { PartLog } from './part-log.ts';
import type { PartMemory } from './part-memory.ts';

export interface UploadConfig {
  /** Answer that a file whose SHA-1 and size the account has already need not be sent. */
  instantUpload: boolean;
  /** How long an upload waits for its next part, ms. */
  sessionTtlMs: number;
  /** Largest file, bytes. */
  maxFileBytes: number;
}

/** What the room is given. */
export interface UploadDeps {
  database: Database;
  store: ObjectStore;
  library: Library;
  processing: Pick<Processing, 'startDefaultTranscode'>;
  events: Events;
  /** What a media file is; throws MediaError when it is none. */
  probe(path: string): Promise<MediaInfo>;
  addresses: Addresses;
  clock: Clock;
  log: Logger;
  config: UploadConfig;
}

/** What its own files share. */
export interface UploadContext extends UploadDeps {
  live: LiveUploads;
  partLog: PartLog;
  memory: PartMemory;
  hasher: Hasher;
}
