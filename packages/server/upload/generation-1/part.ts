import type { UploadContext } from '../core/context.ts';
import { isPartOf } from '../core/ranges.ts';
import { noSuchPart, noUpload } from '../core/refusals.ts';
import type { Session } from '../core/sessions.ts';
import { type IncomingPart, storePart } from '../core/store-part.ts';
import { currentSession } from './sessions.ts';

/** A part that names its upload by the SHA-1 of the whole file, lower-case hex. */
export interface AnnouncedPart extends IncomingPart {
  appId: string;
  sha1: string;
}

/**
 * Stores a part of an announced file.
 * @throws Refused `upload.notFound`; `parameter.refused` when the file has no such part; and what `storePart` throws
 */
export async function storeAnnouncedPart(
  context: UploadContext,
  part: AnnouncedPart,
  now: number,
): Promise<void> {
  const session = await context.lookups.run(() => aliveSession(context, part, now));
  // Some clients keep to the part size they announced, whatever InitUpload answered.
  const { size, part_size: first, announced_part_size: latest } = session;
  if (!isPartOf(size, first, part) && !isPartOf(size, latest, part)) {
    throw noSuchPart(part, { size, partSize: first });
  }
  await storePart(context, session, part, now);
}

/** The upload that was announced last for this SHA-1, unless it was given up. @throws Refused `upload.notFound` */
export async function aliveSession(
  { database, config }: UploadContext,
  { appId, sha1 }: { appId: string; sha1: string },
  now: number,
): Promise<Session> {
  const session = await currentSession(database.db, appId, sha1);
  if (!session || session.touched_at < now - config.sessionTtlMs) throw noUpload(sha1);
  return session;
}
