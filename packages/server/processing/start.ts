import type { Executor } from '../database/index.ts';
import type { Library, Video } from '../library/index.ts';
import type { OutputSpec } from '../media/index.ts';
import type { NewFlow, Tasks } from '../tasks/index.ts';
import { presetSpec } from './definitions.ts';
import { flowVideo } from './events.ts';
import type { FlowKind } from './flows/flow.ts';
import { procedureFlow } from './flows/procedure.ts';
import { transcodeFlow } from './flows/transcode.ts';
import { transcodeJob } from './jobs/transcode.ts';
import type { Processing } from './types.ts';

/** Turns requests into task flows. */
export function starter(deps: {
  tasks: Tasks;
  library: Library;
  transcodeDefaults: readonly number[];
}): Processing {
  const { tasks, library, transcodeDefaults } = deps;
  const defaults = defaultSpecs(transcodeDefaults);

  async function begin(
    trx: Executor,
    { kind, newId }: FlowKind,
    { id: videoId, appId }: Pick<Video, 'id' | 'appId'>,
    flow: Pick<NewFlow, 'jobs' | 'options' | 'notify'>,
    now: number,
  ): Promise<string> {
    const id = newId(appId);
    const about = { ...flowVideo(await library.videos.require(trx, appId, videoId)) };
    await tasks.createFlow(trx, { ...flow, id, appId, kind, videoId, sources: [videoId], about }, now);
    return id;
  }

  return {
    startDefaultTranscode(trx, video, now) {
      const jobs = defaults.map((spec) => transcodeJob.ask({ definition: spec.id, spec }));
      return begin(trx, transcodeFlow, video, { jobs }, now);
    },
    startProcedure: (trx, video, request, now) => begin(trx, procedureFlow, video, request, now),
  };
}

/** They hold for every application, so they cannot be templates of one. @throws Error when one is no preset */
function defaultSpecs(ids: readonly number[]): OutputSpec[] {
  try {
    return [...new Set(ids)].map(presetSpec);
  } catch (cause) {
    throw new Error(`the default definitions must be presets: ${(cause as Error).message}`, { cause });
  }
}
