import type { Executor } from '../../database/index.ts';
import { firstCoverFlow } from '../flows/first-cover.ts';
import { firstCoverJob } from '../jobs/first-cover.ts';
import type { IngestedVideo } from '../types.ts';
import type { Starting } from './context.ts';

/** Quick, and what people look at first: before what waits. */
const PRIORITY = 10;

/** See `Processing.startFirstCover`. */
export async function startFirstCover(
  { tasks, automaticCovers }: Pick<Starting, 'tasks' | 'automaticCovers'>,
  trx: Executor,
  { id: videoId, appId, info }: IngestedVideo,
  now: number,
): Promise<void> {
  if (!info?.video.length || !(await automaticCovers(appId, trx))) return;
  const { kind, newId } = firstCoverFlow;
  const flow = { id: newId(appId), appId, kind, videoId, sources: [videoId], isUnasked: true };
  await tasks.createFlow(trx, { ...flow, priority: PRIORITY, jobs: [firstCoverJob.ask({})] }, now);
}
