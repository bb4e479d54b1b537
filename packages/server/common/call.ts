import type { Readable } from 'node:stream';
import type { Logger } from './log.ts';

/** Who calls, when, and with what body: all that an action may know of its HTTP request. */
export interface Call {
  /** The (sub-)application whose resources are meant. */
  appId: string;
  /** ms since the epoch. */
  now: number;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  log: Logger;
  /** Raw bytes of an upload call; absent for text calls. Its chunks belong to who reads them, down to their memory. */
  body?: Readable;
}
