import type { FinishedUpload } from './core/live.ts';
import type { SmallPicture } from './core/pictures.ts';
import type { IncomingPart } from './core/store-part.ts';
import type { Announcement } from './generation-1/announce.ts';
import type { Begun } from './generation-1/begin.ts';
import type { AnnouncedPart } from './generation-1/part.ts';
import type { Sent } from './sequential/put.ts';

/** Uploads in steps, each of which can be repeated; a file is named by its SHA-1 (docs/wire/uploads.md). */
export interface Generation1 {
  begin(file: Announcement, now: number): Promise<Begun>;
  storePart(part: AnnouncedPart, now: number): Promise<void>;
  /** `signal` aborts when the caller has left. */
  finish(file: { appId: string; sha1: string }, now: number, signal: AbortSignal): Promise<FinishedUpload>;
}

/** Uploads by one call that is repeated, each with a part. */
export interface Sequential {
  /** `signal` aborts when the caller has left. */
  put(file: Announcement, part: IncomingPart, now: number, signal: AbortSignal): Promise<Sent>;
}

/** What the room can do: each way to upload, and pictures that come in one call. */
export interface Uploads {
  generation1: Generation1;
  sequential: Sequential;
  putPicture(picture: SmallPicture, now: number): Promise<FinishedUpload>;
  /** Begins to remove uploads that were given up. */
  start(): void;
  stop(): Promise<void>;
}
