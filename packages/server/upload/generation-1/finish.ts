import type { UploadContext } from '../core/context.ts';
import { finish } from '../core/finish.ts';
import type { FinishedUpload } from '../core/live.ts';
import { noUpload } from '../core/refusals.ts';
import { aliveSession } from './part.ts';

/**
 * Finishes an announced upload; one that is finished already answers the same file.
 * @throws Refused `upload.notFound`; and what `finish` throws
 */
export async function finishAnnounced(
  context: UploadContext,
  file: { appId: string; sha1: string },
  now: number,
  signal: AbortSignal,
): Promise<FinishedUpload> {
  const session = await aliveSession(context, file, now);
  if (session.status === 'done') return { id: session.file_id, key: session.object_key };
  const finished = await finish(context, session, { size: session.size, sha1: session.sha1 }, now, signal);
  if (!finished) throw noUpload(file.sha1);
  return finished;
}
