import type { Executor } from '../../database/index.ts';
import type { UploadContext } from '../core/context.ts';
import { discard, markDiscarded } from '../core/discard.ts';
import type { FinishedUpload } from '../core/live.ts';
import { isPartOf } from '../core/ranges.ts';
import { badParameter } from '../core/refusals.ts';
import {
  deleteSession,
  insertSession,
  type Session,
  type StoredPart,
  storedParts,
  updateSession,
  type Wishes,
} from '../core/sessions.ts';
import { requireStorage } from '../core/storage-quota.ts';
import { type Announcement, decide, described, keyOf, newSession } from './announce.ts';
import { findSession } from './sessions.ts';
import { promised } from './wishes.ts';

/** What the client is to do: send all parts, only those that are missing, or none. */
export type Begun =
  | { kind: 'fresh' }
  | { kind: 'resumed'; partSize: number; parts: StoredPart[] }
  | { kind: 'known'; file: FinishedUpload };

/**
 * Begins an upload, or finds the one of the same file that was begun before (docs/wire/uploads.md).
 * @throws Refused `parameter.refused` when the file is too large or the video to be covered does not exist;
 * `class.notFound`; what `promised` refuses; `storage.quota` when a new upload would take more than the application may have
 */
export async function begin(context: UploadContext, file: Announcement, now: number): Promise<Begun> {
  const { database, library, classes, config } = context;
  if (file.size > config.maxFileBytes) {
    throw badParameter('fileSize', `at most ${config.maxFileBytes} bytes are accepted`);
  }
  if (file.coverOf !== null && !(await library.videos.get(database.db, file.appId, file.coverOf))) {
    throw badParameter('extra.fileId', `there is no video ${file.coverOf}`);
  }
  await classes.require(database.db, file.appId, file.classId);
  const wishes = await promised(context, file);
  for (;;) {
    const attempt = await database.transaction((trx) => tryToBegin(context, trx, file, wishes, now));
    // Null: another server began the same upload at this moment; now it can be seen.
    if (!attempt) continue;
    if (attempt.obsolete) await discard(context, attempt.obsolete);
    return attempt.begun;
  }
}

interface Attempt {
  begun: Begun;
  /** What is stored of it has yet to be removed. */
  obsolete?: Session;
}

async function tryToBegin(
  context: UploadContext,
  trx: Executor,
  file: Announcement,
  wishes: Wishes,
  now: number,
): Promise<Attempt | null> {
  const existing = await findSession(trx, keyOf(file));
  const { instantUpload: instant, sessionTtlMs: ttlMs } = context.config;
  let decision = decide(existing, now, { ttlMs, instant });
  const known = instant && file.coverOf === null ? await knownFile(context, trx, file) : null;
  if (decision === 'finished' && !known) decision = 'restart';

  if (existing && decision === 'continue') {
    const changes =
      existing.status === 'open'
        ? described(file, wishes, existing.file_id, now)
        : { announced_at: now, touched_at: now };
    if (!(await updateSession(trx, existing.id, [existing.status], changes))) return null;
    return { begun: await resumed(trx, existing, file) };
  }
  if (existing && decision === 'finished' && known) return { begun: { kind: 'known', file: known } };

  let obsolete: Session | undefined;
  if (existing?.status === 'done') await deleteSession(trx, existing.id);
  else if (existing) {
    if (!(await markDiscarded(trx, existing))) return null;
    obsolete = existing;
  }
  if (!known) await requireStorage(context, trx, file.appId, file.size);
  const session = newSession(file, wishes, now);
  const row: Session = known
    ? { ...session, status: 'done', file_id: known.id, object_key: known.key }
    : session;
  if (!(await insertSession(trx, row))) return null;
  return { begun: known ? { kind: 'known', file: known } : { kind: 'fresh' }, obsolete };
}

async function knownFile(
  { library }: UploadContext,
  trx: Executor,
  { appId, sha1, size }: Announcement,
): Promise<FinishedUpload | null> {
  const video = await library.videos.findBySha1(trx, appId, sha1, size);
  return video && { id: video.id, key: video.sourceKey };
}

/** Only whole parts of the session's layout are named: clients take index = offset / part size. */
async function resumed(trx: Executor, session: Session, file: Announcement): Promise<Begun> {
  const stored = await storedParts(trx, session.id);
  const partSize = session.part_size;
  if (stored.length === 0 && partSize === file.partSize) return { kind: 'fresh' };
  const parts = stored.filter((part) => isPartOf(session.size, partSize, part));
  return { kind: 'resumed', partSize, parts };
}
