import type { Announcement } from './announce.ts';
import type { Begun } from './begin.ts';
import type { SmallCover } from './covers.ts';
import type { FinishedUpload } from './live.ts';
import type { IncomingPart } from './store-part.ts';

/** Uploads in steps, each of which can be repeated (contract/upload/_flows.yaml, serverUploadV1). */
export interface Uploads {
  begin(file: Announcement, now: number): Promise<Begun>;
  storePart(part: IncomingPart, now: number): Promise<void>;
  finish(appId: string, sha1: string, now: number): Promise<FinishedUpload>;
  putCover(cover: SmallCover, now: number): Promise<FinishedUpload>;
  /** Begins to remove uploads that were given up. */
  start(): void;
  stop(): Promise<void>;
}
