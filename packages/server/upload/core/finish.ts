import { SharedWork } from '../../common/bounds/shared-work.ts';
import { MediaError, type MediaInfo } from '../../media/index.ts';
import type { UploadContext } from './context.ts';
import type { FinishedUpload } from './live.ts';
import { gaps } from './ranges.ts';
import { lost } from './refusals.ts';
import { register } from './register.ts';
import { areLost, type Expected, giveUp, seal } from './seal.ts';
import { type Session, type StoredPart, statusOf, storedParts } from './sessions.ts';

/**
 * Seals an upload, joins its parts and registers the file, once however many ask. Can be repeated, also after a crash at any
 * point of it, and then answers the same file; null when the upload is gone. Few are finished at once and the rest wait their
 * turn: when all who asked have left, not even that.
 * @throws what `seal` throws; Refused `upload.lost` when stored parts are gone, which ends the upload; Refused `service.busy`;
 * the signal's reason
 */
export function finish(
  context: UploadContext,
  session: Session,
  expected: Expected,
  now: number,
  signal: AbortSignal,
): Promise<FinishedUpload | null> {
  const live = context.live.of(session.id, now);
  live.finishing ??= new SharedWork((abandoned) =>
    context.finishing
      .run(() => run(context, session, expected, now), abandoned)
      .finally(() => {
        live.finishing = null;
      }),
  );
  return live.finishing.join(signal);
}

async function run(
  context: UploadContext,
  session: Session,
  expected: Expected,
  now: number,
): Promise<FinishedUpload | null> {
  const { store, database, live, log } = context;
  const finished = { id: session.file_id, key: session.object_key };
  if (session.status === 'open') await seal(context, session, expected, now);
  // Only now, because parts may have come until it was sealed, and go when another server is done first.
  const parts = await storedParts(database.db, session.id);
  if (await isDone(context, session)) return finished;
  if (gaps({ offset: 0, size: expected.size }, parts).length > 0) return null;
  try {
    await store.assembly(session.id).complete(session.object_key, parts);
  } catch (error) {
    if (await isDone(context, session)) return finished;
    if (areLost(error)) await giveUp(context, session, 'sealed', lost(error));
    throw error;
  }
  const info = session.cover_of === '' ? await probe(context, session.object_key) : null;
  const file = { info, md5: md5Of(parts) };
  if (!(await register(context, session, file, now)) && !(await isDone(context, session))) return null;
  live.forget(session.id);
  log.info({ app: session.app_id, file: finished.id, bytes: session.size }, 'uploaded');
  return finished;
}

/** Of a whole file that came as one part, its MD5 was verified with it; of others it is not known. */
function md5Of(parts: readonly StoredPart[]): string {
  return parts.length === 1 ? parts[0]!.md5 : '';
}

async function isDone({ database }: UploadContext, { id }: Session): Promise<boolean> {
  return (await statusOf(database.db, id)) === 'done';
}

/**
 * Null when the file is no media: it can be kept and deleted like any other, but not transcoded. So is one that ffprobe crashes on or
 * never comes to an end with: the next call would meet the same file.
 * @throws what only this machine is at fault for, and passes
 */
async function probe({ store, probe, log }: UploadContext, key: string): Promise<MediaInfo | null> {
  await using file = await store.localFile(key);
  try {
    return await probe(file.path);
  } catch (error) {
    if (!(error instanceof MediaError) || error.outage !== null) throw error;
    log.info(
      { key, fault: `${error.stage}/${error.reason}`, reason: error.message, log: error.log },
      'an uploaded file is no media',
    );
    return null;
  }
}
