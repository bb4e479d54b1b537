import { NotFoundError, PartSizeError } from '../../storage/index.ts';
import type { UploadContext } from './context.ts';
import { discard, markDiscarded } from './discard.ts';
import { isPicture, PICTURE_HEAD_BYTES } from './file-types.ts';
import { gaps, type Range } from './ranges.ts';
import { incomplete, lost, noPicture, otherFile } from './refusals.ts';
import { type Session, statusOf, storedParts, updateSession } from './sessions.ts';

/** What a file must be to be whole. */
export interface Expected {
  /** Bytes. */
  size: number;
  /** Lower-case hex; null when nobody said. */
  sha1: string | null;
}

/**
 * Finds that all of a file is there and right, and says so in the row before the parts go: a repeated call goes on from
 * here. A file that no part can mend any more ends its upload. When another server finishes it at the same time, returns
 * and leaves it to that one.
 * @throws Refused `upload.incomplete`, `upload.content`, `upload.lost`
 */
export async function seal(
  context: UploadContext,
  session: Session,
  expected: Expected,
  now: number,
): Promise<void> {
  const { db } = context.database;
  const fault = await faultOf(context, session, expected, await storedParts(db, session.id), now);
  // While another server finishes the same upload, its parts go away under our eyes.
  if (fault && (await statusOf(db, session.id)) !== 'open') return;
  if (fault?.fatal) await giveUp(context, session, 'open', fault.error);
  if (fault) throw fault.error;
  await updateSession(db, session.id, ['open'], { status: 'sealed', touched_at: now });
}

/** What is wrong with the file; fatal when no part that may still come can mend it. */
async function faultOf(
  context: UploadContext,
  session: Session,
  expected: Expected,
  parts: readonly Range[],
  now: number,
): Promise<{ error: Error; fatal: boolean } | null> {
  const [missing] = gaps({ offset: 0, size: expected.size }, parts);
  if (missing) return { error: incomplete(missing), fatal: false };
  try {
    const actual = await context.live.of(session.id, now).hash.finish(parts);
    if (expected.sha1 !== null && actual !== expected.sha1) {
      return { error: otherFile(actual, expected.sha1), fatal: true };
    }
    if (session.cover_of !== '' && !isPicture(await head(context, session, parts))) {
      return { error: noPicture(), fatal: true };
    }
    return null;
  } catch (error) {
    if (areLost(error)) return { error: lost(error), fatal: true };
    throw error;
  }
}

/** Whether what the store threw means that parts of an assembly are gone. */
export function areLost(error: unknown): boolean {
  return error instanceof NotFoundError || error instanceof PartSizeError;
}

async function head({ store }: UploadContext, session: Session, parts: readonly Range[]): Promise<Buffer> {
  for await (const chunk of store.assembly(session.id).read(parts.slice(0, 1))) {
    return Buffer.from(chunk.subarray(0, PICTURE_HEAD_BYTES));
  }
  return Buffer.alloc(0);
}

/** Ends the upload, unless it has gone on meanwhile. @throws `reason` */
export async function giveUp(
  context: UploadContext,
  session: Session,
  status: 'open' | 'sealed',
  reason: Error,
): Promise<never> {
  if (await markDiscarded(context.database.db, session, [status])) await discard(context, session);
  throw reason;
}
