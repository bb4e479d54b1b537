import type { Classes } from '../../classes/index.ts';
import type { Addresses } from '../../common/addresses.ts';
import { BoundedQueue } from '../../common/bounds/bounded-queue.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import type { DiskRoom } from '../../common/data-folder/data-folder.ts';
import type { Logger } from '../../common/log.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import type { Database } from '../../database/index.ts';
import type { Events } from '../../events/index.ts';
import type { LibraryEvents } from '../../library/index.ts';
import type { Library } from '../../library/types.ts';
import type { MediaInfo } from '../../media/index.ts';
import type { Processing } from '../../processing/types.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { Hasher } from './hashing/hasher.ts';
import { LiveUploads } from './live.ts';
import { PartLog } from './part-log.ts';
import { PartMemory } from './part-memory.ts';

export interface UploadConfig {
  /** Answer that a file whose SHA-1 and size the account has already need not be sent. */
  instantUpload: boolean;
  /** How long an upload waits for its next part, ms; to the minute. */
  sessionTtlMs: number;
  /** Largest file, bytes. */
  maxFileBytes: number;
  /**
   * Memory for all parts that come in, are being stored, or wait for earlier ones to be hashed, bytes: the rest of them
   * wait to be read.
   */
  partMemoryBytes: number;
  /** Uploads of which is known how far their hash has come: some KiB each. */
  liveUploads: number;
  /**
   * Uploads that are finished at once: each may read its whole file to hash it, join it through memory and fetch it to be probed (on
   * S3 about 60 MiB each), or wait for a process. The rest wait, those beyond are refused.
   */
  finishing: { atOnce: number; mayWait: number };
}

/** The documents name no limits; these are those of the successor API: resumed within a day, 48 GiB a file. */
const DEFAULTS: UploadConfig = {
  instantUpload: false,
  sessionTtlMs: 24 * 3600_000,
  maxFileBytes: 48 * 1024 ** 3,
  partMemoryBytes: 128 * 1024 ** 2,
  liveUploads: 2000,
  finishing: { atOnce: 8, mayWait: 500 },
};

/** What the room is given. */
export interface UploadDeps {
  database: Database;
  store: ObjectStore;
  library: Library;
  classes: Classes;
  processing: Pick<Processing, 'startAfterIngest' | 'prepareProcedure' | 'watermarks'>;
  events: Events<LibraryEvents>;
  /** What a media file is; throws MediaError when it is none. */
  probe(path: string): Promise<MediaInfo>;
  /** Of the disk that the data folder is on. */
  disk: DiskRoom;
  addresses: Addresses;
  /** How addresses that callers name are reached. */
  outbound: Pick<Outbound, 'problemOf'>;
  clock: Clock;
  /** What decides that an upload was given up; `clock` when left out. */
  ageClock?: Clock;
  log: Logger;
  config: UploadConfig;
  /** With what an application's server can check what devices report; none when left out. */
  verifyKey?: (appId: string) => Promise<string | undefined>;
}

/**
 * Of a thousand parts that come in one moment so many ask the database: the other connections to it are for calls. A part that waits
 * holds a connection of its client, which are bounded.
 */
const LOOKUPS = { atOnce: 3, mayWait: Number.POSITIVE_INFINITY };

/** What its own files share. */
export interface UploadContext extends UploadDeps {
  live: LiveUploads;
  partLog: PartLog;
  memory: PartMemory;
  /** Parts that look into the database for their upload and for what is stored of it. */
  lookups: BoundedQueue;
  /** Uploads that are being finished. */
  finishing: BoundedQueue;
  /** The client of a part waits for its hash, which must not stand behind those of whole files: a thread for each kind. */
  partHasher: Hasher;
  fileHasher: Hasher;
}

export function createContext(
  deps: Omit<UploadDeps, 'config'> & { config: Partial<UploadConfig> },
): UploadContext {
  const config = { ...DEFAULTS, ...deps.config };
  const memory = new PartMemory(config.partMemoryBytes);
  const fileHasher = new Hasher();
  return {
    ...deps,
    config,
    memory,
    lookups: new BoundedQueue('parts of uploads', LOOKUPS),
    finishing: new BoundedQueue('uploads to be finished', config.finishing),
    partHasher: new Hasher(),
    fileHasher,
    live: new LiveUploads(deps.store, memory, fileHasher, config.liveUploads),
    partLog: new PartLog(deps.database),
  };
}
