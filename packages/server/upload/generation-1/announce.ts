import { newFileId, randomHex } from '../../common/ids.ts';
import { coverKey, sourceKey } from '../../common/object-keys.ts';
import { keptWishes, type Session, type Wishes } from '../core/sessions.ts';
import type { SessionKey } from './sessions.ts';

/** A file that somebody wants to upload. */
export interface Announcement {
  appId: string;
  /** Lower-case hex. */
  sha1: string;
  /** Bytes. */
  size: number;
  /** Bytes. */
  partSize: number;
  name: string;
  /** Lower-case extension. */
  type: string;
  classId: number;
  tags: string[];
  /** Transcode with the default definitions afterwards. */
  transcode: boolean;
  /** Sampled pictures are taken of it. */
  snapshots: boolean;
  /** Lay the default watermark over that. */
  watermark: boolean;
  /** A procedure that is to be run afterwards, with its arguments; null for none. */
  procedure: string | null;
  /** The video whose cover the file is, null when it is a video itself. */
  coverOf: string | null;
  /** Where what comes of it is told, beside the application's own way; a public address. */
  notifyUrl?: string | undefined;
  /** Who sends it. */
  sourceType: Session['source_type'];
}

/**
 * What an announcement means for the session that there may be of the same file: `continue` it, `restart` with a new
 * one instead, or answer what it `finished` as.
 */
export type Decision = 'continue' | 'restart' | 'finished';

/** `existing` is undefined when there is none; `ttlMs` is how long a session lives after its last part. */
export function decide(
  existing: Pick<Session, 'status' | 'touched_at'> | undefined,
  now: number,
  { ttlMs, instant }: { ttlMs: number; instant: boolean },
): Decision {
  if (!existing || existing.touched_at < now - ttlMs) return 'restart';
  if (existing.status === 'done') return instant ? 'finished' : 'restart';
  return 'continue';
}

export function keyOf(file: Announcement): SessionKey {
  return { app_id: file.appId, sha1: file.sha1, size: file.size, cover_of: file.coverOf ?? '' };
}

/** A session with an id for the file, chosen now so that a repeated FinishUpload cannot make a second one. */
export function newSession(file: Announcement, wishes: Wishes, now: number): Session {
  const fileId = newFileId(now);
  return {
    ...keyOf(file),
    ...described(file, wishes, fileId, now),
    id: randomHex(16),
    part_size: file.partSize,
    status: 'open',
    file_id: fileId,
  };
}

/** What a repeated announcement may say differently from the first; the latest counts. */
export function described(file: Announcement, wishes: Wishes, fileId: string, now: number) {
  return {
    announced_part_size: file.partSize,
    name: file.name,
    type: file.type,
    class_id: file.classId,
    tags: JSON.stringify(file.tags),
    transcode: file.transcode ? 1 : 0,
    snapshots: file.snapshots ? 1 : 0,
    source_type: file.sourceType,
    notify_url: file.notifyUrl ?? '',
    ...keptWishes(wishes),
    object_key:
      file.coverOf === null
        ? sourceKey(file.appId, fileId, file.type)
        : coverKey(file.appId, file.coverOf, fileId, file.type),
    announced_at: now,
    touched_at: now,
  };
}
