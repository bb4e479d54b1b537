import { newFileId } from '../../common/ids.ts';
import type { Executor } from '../../database/index.ts';
import { pullFlow } from '../flows/pull.ts';
import { pullJob } from '../pull/job.ts';
import type { NotifyOptions, PullRequest } from '../types.ts';
import type { Starting } from './context.ts';

/** See `Processing.startPulls`. */
export async function startPulls(
  { tasks, classes, requireQuotas }: Starting,
  trx: Executor,
  appId: string,
  pulls: readonly PullRequest[],
  now: number,
): Promise<{ id: string; videoId: string }[]> {
  const started: { id: string; videoId: string }[] = [];
  for (const { notifyUrl, priority, ...pull } of pulls) {
    await classes.require(trx, appId, pull.classId);
    const id = pullFlow.newId(appId);
    const videoId = newFileId(now);
    const options = { notifyUrl } satisfies NotifyOptions;
    const jobs = [pullJob.ask({ ...pull, videoId })];
    const flow = { id, appId, kind: pullFlow.kind, priority, options, jobs };
    await tasks.createFlow(trx, { ...flow, lane: 'transfer' }, now);
    started.push({ id, videoId });
  }
  await requireQuotas(trx, appId);
  return started;
}
