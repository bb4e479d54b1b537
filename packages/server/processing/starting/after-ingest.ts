import type { Executor } from '../../database/index.ts';
import { procedureFlow } from '../flows/procedure.ts';
import type { IngestedVideo, IngestWishes } from '../types.ts';
import type { Starting } from './context.ts';
import { startFirstCover } from './first-cover.ts';
import { startPrepared } from './procedures.ts';
import { startDefaultTranscode } from './transcode.ts';
import { usualSnapshots } from './usual-snapshots.ts';

/** See `Processing.startAfterIngest`. */
export async function startAfterIngest(
  starting: Starting,
  trx: Executor,
  video: IngestedVideo,
  { transcode, snapshots, watermark, procedure, notifyUrl }: IngestWishes,
  now: number,
): Promise<{ transcodeId: string | null; procedureId: string | null }> {
  const accepted = { wasAccepted: true };
  const options = { ...accepted, notifyUrl, watermark, withSnapshots: snapshots };
  const transcodeId = transcode ? await startDefaultTranscode(starting, trx, video, now, options) : null;
  const alone = snapshots && !transcode ? { jobs: [usualSnapshots()], options: { notifyUrl } } : null;
  const snapshotsId = alone && (await starting.begin(trx, procedureFlow, video, alone, now));
  const procedureId = procedure ? await startPrepared(starting, trx, video, procedure, now, accepted) : null;
  await startFirstCover(starting, trx, video, now);
  return { transcodeId, procedureId: procedureId ?? snapshotsId };
}
