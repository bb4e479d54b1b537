import type { Executor } from '../../database/index.ts';
import type { NewFlow } from '../../tasks/index.ts';
import { defaultTemplates, outputSpecs } from '../definitions.ts';
import { transcodeFlow } from '../flows/transcode.ts';
import { transcodeJob } from '../jobs/transcode.ts';
import type { NotifyOptions, TranscodeOptions } from '../types.ts';
import { refuseMarkedCopies } from '../watermarks.ts';
import type { Starting, VideoId } from './context.ts';
import { usualSnapshots } from './usual-snapshots.ts';

/** See `Processing.startDefaultTranscode`; `wasAccepted` with an upload: no quota refuses it now. */
export async function startDefaultTranscode(
  starting: Starting,
  trx: Executor,
  video: VideoId,
  now: number,
  {
    notifyUrl,
    wasAccepted = false,
    withSnapshots = false,
    watermark = null,
  }: TranscodeOptions & { wasAccepted?: boolean } = {},
): Promise<string> {
  const specs = outputSpecs(await defaultTemplates(starting, video.appId, trx));
  // What was accepted and cannot be made is told of when the task ends.
  if (!wasAccepted) refuseMarkedCopies(specs, watermark);
  const jobs: NewFlow['jobs'] = specs.map((spec) =>
    transcodeJob.ask({ definition: spec.id, spec, watermark }),
  );
  if (withSnapshots) jobs.push(usualSnapshots());
  const options = { notifyUrl } satisfies NotifyOptions;
  const id = await starting.begin(trx, transcodeFlow, video, { jobs, options }, now);
  if (!wasAccepted) await starting.requireQuotas(trx, video.appId);
  return id;
}
