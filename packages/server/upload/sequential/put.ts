import type { UploadContext } from '../core/context.ts';
import { finish } from '../core/finish.ts';
import type { FinishedUpload } from '../core/live.ts';
import { gaps } from '../core/ranges.ts';
import { badParameter, noUpload } from '../core/refusals.ts';
import { type Session, statusOf, storedParts } from '../core/sessions.ts';
import { type IncomingPart, storePart } from '../core/store-part.ts';
import { type Announcement, keyOf } from '../generation-1/announce.ts';
import { begin } from '../generation-1/begin.ts';
import { findSession } from '../generation-1/sessions.ts';

/** Where the client is to go on, or what the file has become. */
export type Sent = { kind: 'more'; offset: number } | { kind: 'whole'; file: FinishedUpload };

/** A file is sent in no more parts than this. */
const MOST_PARTS = 10_000;

/**
 * Takes a part of a file that is announced with each of its parts, and says where to go on: at the first byte that is missing, wherever
 * this one was. With the last of them the file is finished. What is said of the file counts with the part at 0, and with the first that
 * comes. A file that was finished within the time that uploads are kept is whole at once, if it is still there: so the last call
 * can be repeated.
 *
 * @throws what `begin`, `storePart` and `finish` throw; Refused `parameter.refused` (`offset`, `dataSize`) for a part that is none
 */
export async function putSequential(
  context: UploadContext,
  file: Announcement,
  part: IncomingPart,
  now: number,
  signal: AbortSignal,
): Promise<Sent> {
  const { db } = context.database;
  checkPart(file.size, part);
  const before = await findSession(db, keyOf(file));
  const isAlive = before !== undefined && before.touched_at >= now - context.config.sessionTtlMs;
  if (isAlive && before.status === 'done') {
    const finished = await stillThere(context, before);
    if (finished) return { kind: 'whole', file: finished };
  }
  if (part.offset === 0 || !isAlive || before.status === 'done') {
    const begun = await begin(context, file, now);
    if (begun.kind === 'known') return { kind: 'whole', file: begun.file };
  }
  const session = await findSession(db, keyOf(file));
  if (!session) throw noUpload(file.sha1);
  await storePart(context, session, part, now);
  const [missing] = gaps({ offset: 0, size: file.size }, await storedParts(db, session.id));
  // Parts go when the file is registered.
  if (missing && (await statusOf(db, session.id)) !== 'done') return { kind: 'more', offset: missing.offset };
  const finished = await finish(context, session, { size: file.size, sha1: file.sha1 }, now, signal);
  if (!finished) throw noUpload(file.sha1);
  return { kind: 'whole', file: finished };
}

function checkPart(fileSize: number, { offset, size }: IncomingPart): void {
  if (offset + size > fileSize) {
    throw badParameter('offset', `offset and dataSize together exceed the ${fileSize} bytes of the file`);
  }
  const least = Math.ceil(fileSize / MOST_PARTS);
  if (size < least && offset + size < fileSize) {
    throw badParameter('dataSize', `a part of this file has at least ${least} bytes`);
  }
}

async function stillThere(
  { database, library }: UploadContext,
  { app_id: appId, file_id: id, object_key: key }: Session,
): Promise<FinishedUpload | null> {
  return (await library.videos.get(database.db, appId, id)) ? { id, key } : null;
}
