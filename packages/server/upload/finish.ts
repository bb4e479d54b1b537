import { MediaError, type MediaInfo } from '../media/index.ts';
import { NotFoundError, PartSizeError } from '../storage/index.ts';
import type { UploadContext } from './deps.ts';
import { discard, markDiscarded } from './discard.ts';
import { badBody, noSession, notThere } from './faults.ts';
import { isPicture, PICTURE_HEAD_BYTES } from './file-types.ts';
import type { FinishedUpload } from './live.ts';
import { gaps, type Range } from './ranges.ts';
import { register } from './register.ts';
import { currentSession, type Session, storedParts, updateSession } from './sessions.ts';

/**
 * Joins the parts, checks the whole and registers the file. Can be repeated, also after a crash at any point of it, and
 * then answers the same file.
 * @throws ApiError -10005 without a session or while parts are missing; -10006 when the bytes are not those that
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
  const { database, store, live } = context;
  const parts = await storedParts(database.db, session.id);
  try {
    if (session.status === 'open') {
      await verify(context, session, parts, now);
      // The row says that all is checked before the parts are gone: a repeated call can go on from here.
      const sealed = { status: 'sealed', touched_at: now } as const;
      if (!(await updateSession(database.db, session.id, ['open', 'sealed'], sealed))) {
        return await finishedMeanwhile(context, session);
      }
    }
    await store.assembly(session.id).complete(session.object_key, parts);
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof PartSizeError)) throw error;
    return finishedMeanwhile(context, session, error);
  }
  const info = session.cover_of === '' ? await probe(context, session.object_key) : null;
  const registered = await register(context, session, info, now);
  if (!registered) return finishedMeanwhile(context, session);
  live.forget(session.id);
  return { id: session.file_id, key: session.object_key };
}

async function verify(
  context: UploadContext,
  session: Session,
  parts: readonly Range[],
  now: number,
): Promise<void> {
  const [missing] = gaps({ offset: 0, size: session.size }, parts);
  if (missing) throw notThere(`${missing.size} bytes from ${missing.offset} on have not been sent`);
  const sha1 = await context.live.of(session.id, now).hash.finish(parts);
  if (sha1 !== session.sha1) {
    await giveUp(context, session);
    throw badBody(`the SHA-1 of the file is ${sha1}, not the announced ${session.sha1}: upload it again`);
  }
  if (session.cover_of !== '' && !isPicture(await head(context, session, parts))) {
    await giveUp(context, session);
    throw badBody('the file is no picture');
  }
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
    log.info({ key, code: error.code, reason: error.message }, 'an uploaded file is no media');
    return null;
  }
}

async function giveUp(context: UploadContext, session: Session): Promise<void> {
  if (await markDiscarded(context.database.db, session)) await discard(context, session);
}

/** Another server may have finished the same upload. If none has, its parts are lost. */
async function finishedMeanwhile(
  context: UploadContext,
  session: Session,
  cause?: unknown,
): Promise<FinishedUpload> {
  const current = await currentSession(context.database.db, session.app_id, session.sha1);
  if (current?.id === session.id && current.status === 'done') {
    return { id: session.file_id, key: session.object_key };
  }
  if (cause === undefined) throw noSession(session.sha1);
  await giveUp(context, session);
  throw notThere('parts of the file were lost on the server: upload it again', { cause });
}
