import { Refused } from '../common/refused.ts';
import { MediaError, type MediaInfo } from '../media/index.ts';
import { NotFoundError, PartSizeError } from '../storage/index.ts';
import type { UploadContext } from './deps.ts';
import { discard, markDiscarded } from './discard.ts';
import { badBody, noSession } from './faults.ts';
import { isPicture, PICTURE_HEAD_BYTES } from './file-types.ts';
import type { FinishedUpload } from './live.ts';
import { gaps, type Range } from './ranges.ts';
import { register } from './register.ts';
import { currentSession, type Session, statusOf, storedParts, updateSession } from './sessions.ts';

/**
 * Joins the parts, checks the whole and registers the file. Can be repeated, also after a crash at any point of it, and
 * then answers the same file.
 * @throws Refused `upload.notFound` without a session or while parts are missing; -10006 when the bytes are not those that
 * were announced, which ends the session
 */
export async function finish(
  context: UploadContext,
  appId: string,
  sha1: string,
  now: number,
): Promise<FinishedUpload> {
  const session = await currentSession(context.database.db, appId, sha1);
  if (!session || session.touched_at < now - context.config.sessionTtlMs) throw noSession(sha1);
  if (session.status === 'done') return { id: session.file_id, key: session.object_key };
  const live = context.live.of(session.id, now);
  live.finishing ??= finishSession(context, session, now).finally(() => {
    live.finishing = null;
  });
  return live.finishing;
}

async function finishSession(context: UploadContext, session: Session, now: number): Promise<FinishedUpload> {
  const { store, live } = context;
  const finished = { id: session.file_id, key: session.object_key };
  if (session.status === 'open') await seal(context, session, now);
  // Only now, because parts may have come until it was sealed, and go when another server is done first.
  const parts = await storedParts(context.database.db, session.id);
  if (await isDone(context, session)) return finished;
  if (gaps({ offset: 0, size: session.size }, parts).length > 0) throw noSession(session.sha1);
  try {
    await store.assembly(session.id).complete(session.object_key, parts);
  } catch (error) {
    if (await isDone(context, session)) return finished;
    if (areLost(error)) await giveUp(context, session, 'sealed', lost(error));
    throw error;
  }
  const info = session.cover_of === '' ? await probe(context, session.object_key) : null;
  if (!(await register(context, session, info, now)) && !(await isDone(context, session))) {
    throw noSession(session.sha1);
  }
  live.forget(session.id);
  context.log.info({ app: session.app_id, file: finished.id, bytes: session.size }, 'uploaded');
  return finished;
}

/** Finds that all is there and right, and says so in the row before the parts go: a repeated call goes on from here. */
async function seal(context: UploadContext, session: Session, now: number): Promise<void> {
  const { db } = context.database;
  const fault = await faultOf(context, session, await storedParts(db, session.id), now);
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
  parts: readonly Range[],
  now: number,
): Promise<{ error: Error; fatal: boolean } | null> {
  const [missing] = gaps({ offset: 0, size: session.size }, parts);
  if (missing) {
    return {
      error: new Refused(
        'upload.incomplete',
        `${missing.size} bytes from ${missing.offset} on have not been sent`,
      ),
      fatal: false,
    };
  }
  try {
    const sha1 = await context.live.of(session.id, now).hash.finish(parts);
    if (sha1 !== session.sha1) {
      const message = `the SHA-1 of the file is ${sha1}, not the announced ${session.sha1}: upload it again`;
      return { error: badBody(message), fatal: true };
    }
    if (session.cover_of !== '' && !isPicture(await head(context, session, parts))) {
      return { error: badBody('the file is no picture'), fatal: true };
    }
    return null;
  } catch (error) {
    if (areLost(error)) return { error: lost(error), fatal: true };
    throw error;
  }
}

function areLost(error: unknown): boolean {
  return error instanceof NotFoundError || error instanceof PartSizeError;
}

function lost(cause: unknown) {
  return new Refused('upload.lost', 'parts of the file were lost on the server: upload it again', { cause });
}

async function isDone({ database }: UploadContext, { id }: Session): Promise<boolean> {
  return (await statusOf(database.db, id)) === 'done';
}

async function head({ store }: UploadContext, session: Session, parts: readonly Range[]): Promise<Buffer> {
  for await (const chunk of store.assembly(session.id).read(parts.slice(0, 1))) {
    return Buffer.from(chunk.subarray(0, PICTURE_HEAD_BYTES));
  }
  return Buffer.alloc(0);
}

/** Null when the file is no media: it can be kept and deleted like any other, but not transcoded. */
async function probe({ store, probe, log }: UploadContext, key: string): Promise<MediaInfo | null> {
  await using file = await store.localFile(key);
  try {
    return await probe(file.path);
  } catch (error) {
    if (!(error instanceof MediaError) || error.transient) throw error;
    log.info({ key, fault: error.fault, reason: error.message }, 'an uploaded file is no media');
    return null;
  }
}

/** Ends the upload, unless it has gone on meanwhile. @throws `reason` */
async function giveUp(
  context: UploadContext,
  session: Session,
  status: 'open' | 'sealed',
  reason: Error,
): Promise<never> {
  if (await markDiscarded(context.database.db, session, [status])) await discard(context, session);
  throw reason;
}
