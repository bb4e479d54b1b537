import type { Executor } from '../../database/index.ts';
import type { MediaInfo } from '../../media/index.ts';
import type { UploadContext } from './context.ts';
import { replaceCover } from './pictures.ts';
import { deleteParts, type Session, updateSession, wishesOf } from './sessions.ts';

/** What is known of a stored file. */
export interface StoredFile {
  /** Null when it is no media. */
  info: MediaInfo | null;
  /** Lower-case hex; empty when it is not known. */
  md5: string;
}

/**
 * Makes the stored file a video, or the cover of one: with its event, and with the task flow that was asked for, in one
 * transaction. False when the session is not (or no longer) ready for it, e.g. because another server was quicker.
 */
export async function register(
  context: UploadContext,
  session: Session,
  file: StoredFile,
  now: number,
): Promise<boolean> {
  const apply = async (trx: Executor): Promise<boolean> => {
    const changes = { status: 'done', touched_at: now } as const;
    if (!(await updateSession(trx, session.id, ['sealed'], changes))) return false;
    await deleteParts(trx, session.id);
    return true;
  };
  if (session.cover_of !== '') {
    return replaceCover(context, session.app_id, session.cover_of, session.object_key, now, apply);
  }
  return context.database.transaction(async (trx) => {
    if (!(await apply(trx))) return false;
    await createVideo(context, trx, session, file, now);
    return true;
  });
}

async function createVideo(
  { library, processing, events }: UploadContext,
  trx: Executor,
  session: Session,
  file: StoredFile,
  now: number,
): Promise<void> {
  const { file_id: id, app_id: appId, name, object_key: sourceKey } = session;
  await library.videos.create(
    trx,
    {
      id,
      appId,
      name,
      classId: session.class_id,
      type: session.type,
      size: session.size,
      sha1: session.sha1,
      md5: file.md5,
      sourceKey,
      sourceType: session.source_type,
      tags: JSON.parse(session.tags) as string[],
      info: file.info,
    },
    now,
  );
  const notifyUrl = session.notify_url || undefined;
  const wishes = {
    transcode: session.transcode === 1,
    snapshots: session.snapshots === 1,
    notifyUrl,
    ...wishesOf(session),
  };
  const begun = await processing.startAfterIngest(trx, { id, appId, info: file.info }, wishes, now);
  const payload = {
    videoId: id,
    name,
    sourceKey,
    coverKey: null,
    sourceType: session.source_type,
    sourceContext: '',
    ...begun,
  } as const;
  await events.emit(trx, appId, { type: 'video.created', payload }, now, { notifyUrl });
}
