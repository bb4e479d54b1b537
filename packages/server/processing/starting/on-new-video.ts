import { Refused } from '../../common/faults/refused.ts';
import { newFileId } from '../../common/ids.ts';
import type { Executor } from '../../database/index.ts';
import { rangeWithin } from '../../media/index.ts';
import type { NewFlow } from '../../tasks/index.ts';
import { procedureFlow } from '../flows/procedure.ts';
import type { MakingOptions } from '../making/maker.ts';
import { askPieces } from '../making/pieces.ts';
import { pullJob } from '../pull/job.ts';
import type { NewVideoSource, PiecesSource, PreparedProcedure } from '../types.ts';
import type { Starting } from './context.ts';
import { requireMedia, requireSources } from './making.ts';

/** See `Processing.startOnNewVideo`. */
export async function startOnNewVideo(
  starting: Starting,
  trx: Executor,
  appId: string,
  source: NewVideoSource,
  { call, jobs, options: given }: PreparedProcedure,
  now: number,
): Promise<string> {
  const id = procedureFlow.newId(appId);
  const videoId = newFileId(now);
  const { first, name, sources } =
    'pull' in source
      ? await fetched(starting, trx, appId, source.pull, videoId)
      : await ofPieces(starting, trx, appId, source);
  const making: MakingOptions = { videoId, name };
  const options = { ...given, procedure: call, ...making };
  const flow = { id, appId, kind: procedureFlow.kind, sources, options, jobs: [first, ...jobs] };
  await starting.tasks.createFlow(trx, flow, now);
  await starting.requireQuotas(trx, appId);
  return id;
}

/** What comes first, which makes the video. */
interface Beginning {
  first: NewFlow['jobs'][number];
  /** Of the new video. */
  name: string;
  sources: string[];
}

async function fetched(
  { classes }: Starting,
  trx: Executor,
  appId: string,
  { url, name, md5, classId }: Extract<NewVideoSource, { pull: object }>['pull'],
  videoId: string,
): Promise<Beginning> {
  await classes.require(trx, appId, classId);
  const asked = { url, videoId, name, md5, classId, tags: [], transcode: false };
  return { first: pullJob.ask(asked), name, sources: [] };
}

async function ofPieces(
  starting: Starting,
  trx: Executor,
  appId: string,
  { pieces }: PiecesSource,
): Promise<Beginning> {
  const sources = pieces.map(({ videoId }) => videoId);
  const videos = await requireSources(starting, trx, appId, sources);
  for (const [i, { startMs, endMs }] of pieces.entries()) {
    const { durationMs } = requireMedia(videos[i]!);
    if (durationMs === 0 || rangeWithin({ startMs, endMs }, durationMs) !== null) continue;
    const message = `nothing lies between the two times; video ${sources[i]} lasts ${durationMs / 1000} s`;
    throw new Refused('parameter.refused', message, { field: 'endMs' });
  }
  const first = askPieces({ pieces: pieces.map(({ startMs, endMs }) => ({ startMs, endMs })) });
  return { first, name: videos[0]!.name, sources };
}
