import { Refused } from '../../common/faults/refused.ts';
import type { Executor } from '../../database/index.ts';
import type { NewFlow, TaskFlow } from '../../tasks/index.ts';
import type { FlowKind } from '../flows/flow.ts';
import { procedureFlow } from '../flows/procedure.ts';
import { transcodeFlow } from '../flows/transcode.ts';
import { transcodeJob } from '../jobs/transcode.ts';
import type { PreparedProcedure } from '../types.ts';
import type { Starting, VideoId } from './context.ts';

/** See `Processing.startPrepared`; `wasAccepted` with the upload that it follows: neither a quota nor one like it refuses it now. */
export async function startPrepared(
  starting: Starting,
  trx: Executor,
  video: VideoId,
  { call, jobs, options }: PreparedProcedure,
  now: number,
  { wasAccepted = false } = {},
): Promise<string> {
  const flow = { jobs, options: { ...options, procedure: call } };
  const id = await starting.begin(trx, procedureFlow, video, flow, now);
  if (!wasAccepted) {
    await refuseTwin(starting, trx, procedureFlow, video, { id, ...flow });
    await starting.requireQuotas(trx, video.appId);
  }
  return id;
}

/** See `Processing.startApart`. */
export async function startApart(
  starting: Starting,
  trx: Executor,
  video: VideoId,
  { call, jobs, options: given }: PreparedProcedure,
  now: number,
): Promise<{ transcodeId: string | null; procedureId: string | null }> {
  const options = { ...given, procedure: call };
  const start = async (kind: FlowKind, some: NewFlow['jobs']) => {
    const id = await starting.begin(trx, kind, video, { jobs: some, options }, now);
    await refuseTwin(starting, trx, kind, video, { id, options });
    return id;
  };
  const transcodes = jobs.filter(({ type }) => type === transcodeJob.type);
  const others = jobs.filter(({ type }) => type !== transcodeJob.type);
  const isOne = transcodes.length > 0 && others.length === 0;
  const transcodeId = transcodes.length > 0 ? await start(transcodeFlow, transcodes) : null;
  const procedureId = isOne ? null : await start(procedureFlow, others);
  await starting.requireQuotas(trx, video.appId);
  return { transcodeId, procedureId };
}

/** After the flow was written and its video locked with it, so that of two at once the second sees the first. */
async function refuseTwin(
  { tasks }: Starting,
  trx: Executor,
  { kind }: FlowKind,
  { id: videoId, appId }: VideoId,
  { id, options }: Pick<TaskFlow, 'id' | 'options'>,
): Promise<void> {
  if (!(await tasks.hasTwin(trx, { id, appId, videoId, kind, options }))) return;
  throw new Refused('procedure.exists', 'the same procedure is at work on this video already');
}
