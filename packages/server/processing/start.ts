import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import type { Library, Video } from '../library/index.ts';
import type { NewFlow, Tasks } from '../tasks/index.ts';
import { presetOf, type Templates } from '../templates/index.ts';
import { outputSpecs } from './definitions.ts';
import { flowVideo } from './events.ts';
import { firstCoverFlow } from './flows/first-cover.ts';
import type { FlowKind } from './flows/flow.ts';
import { procedureFlow } from './flows/procedure.ts';
import { transcodeFlow } from './flows/transcode.ts';
import { firstCoverJob } from './jobs/first-cover.ts';
import { sampleSnapshotJob } from './jobs/sample-snapshot.ts';
import { transcodeJob } from './jobs/transcode.ts';
import type { AutomaticCovers, DefaultDefinitions, NotifyOptions, Processing } from './types.ts';

/** What `isScreenshot` stands for (docs/wire/templates.md, Snapshots). */
function usualSnapshots(): NewFlow['jobs'][number] {
  const definition = 10;
  const preset = presetOf('sampledSnapshot', definition);
  if (!preset) throw new Error(`there is no sampled-snapshot preset ${definition}`);
  return sampleSnapshotJob.ask({ definition, ...preset.body });
}

/** Turns requests into task flows. */
export function starter(deps: {
  tasks: Tasks;
  library: Library;
  templates: Templates;
  defaultDefinitions: DefaultDefinitions;
  automaticCovers: AutomaticCovers;
}): Processing {
  const { tasks, library, templates, defaultDefinitions, automaticCovers } = deps;

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

  /** After the flow was written, so that the rows are locked in one order. What it will store is not known yet. */
  async function requireQuotas(trx: Executor, appId: string): Promise<void> {
    await tasks.requireWithinQuota(trx, appId);
    const left = await library.storage.left(trx, appId);
    if (left === null || left > 0) return;
    throw new Refused('storage.quota', `application ${appId} has no storage left for what this would make`);
  }

  return {
    async startDefaultTranscode(
      trx,
      video,
      now,
      { notifyUrl, wasAccepted = false, withSnapshots = false } = {},
    ) {
      const wanted = await defaultDefinitions(video.appId, trx);
      // One that has been deleted since it was set is left out.
      const found = await templates.getMany(trx, video.appId, 'transcode', wanted);
      const known = [...new Set(wanted)].flatMap((id) => found.get(id) ?? []);
      const jobs: NewFlow['jobs'] = outputSpecs(known).map((spec) =>
        transcodeJob.ask({ definition: spec.id, spec }),
      );
      if (withSnapshots) jobs.push(usualSnapshots());
      const options = { notifyUrl } satisfies NotifyOptions;
      const id = await begin(trx, transcodeFlow, video, { jobs, options }, now);
      if (!wasAccepted) await requireQuotas(trx, video.appId);
      return id;
    },
    async startFirstCover(trx, { id: videoId, appId, info }, now) {
      if (!info?.video.length || !(await automaticCovers(appId, trx))) return;
      const { kind, newId } = firstCoverFlow;
      const flow = { id: newId(appId), appId, kind, videoId, sources: [videoId], isUnasked: true };
      // Quick, and what people look at first: before what waits.
      await tasks.createFlow(trx, { ...flow, priority: 10, jobs: [firstCoverJob.ask({})] }, now);
    },
    async startSnapshots(trx, video, now) {
      return begin(trx, procedureFlow, video, { jobs: [usualSnapshots()] }, now);
    },
    async startProcedure(trx, video, request, now) {
      const id = await begin(trx, procedureFlow, video, request, now);
      await requireQuotas(trx, video.appId);
      return id;
    },
    async startSingle(trx, video, { kind, job }, now) {
      const id = await begin(trx, kind, video, { jobs: [job] }, now);
      await requireQuotas(trx, video.appId);
      return id;
    },
  };
}
