import type { Classes } from '../classes/index.ts';
import { Refused } from '../common/faults/refused.ts';
import { newFileId } from '../common/ids.ts';
import type { Executor } from '../database/index.ts';
import type { Library, Video } from '../library/index.ts';
import type { NewFlow, Tasks } from '../tasks/index.ts';
import { presetOf, type Templates } from '../templates/index.ts';
import { outputSpecs } from './definitions.ts';
import { flowVideo } from './events.ts';
import { firstCoverFlow } from './flows/first-cover.ts';
import type { FlowKind } from './flows/flow.ts';
import { procedureFlow } from './flows/procedure.ts';
import { pullFlow } from './flows/pull.ts';
import { transcodeFlow } from './flows/transcode.ts';
import { firstCoverJob } from './jobs/first-cover.ts';
import { sampleSnapshotJob } from './jobs/sample-snapshot.ts';
import { transcodeJob } from './jobs/transcode.ts';
import { pullJob } from './pull/job.ts';
import type { AutomaticCovers, DefaultDefinitions, NotifyOptions, Processing } from './types.ts';
import { refuseMarkedCopies } from './watermarks.ts';

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
  classes: Pick<Classes, 'require'>;
  defaultDefinitions: DefaultDefinitions;
  automaticCovers: AutomaticCovers;
}): Omit<Processing, 'watermarks'> {
  const { tasks, library, templates, classes, defaultDefinitions, automaticCovers } = deps;

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
      { notifyUrl, wasAccepted = false, withSnapshots = false, watermark = null } = {},
    ) {
      const wanted = await defaultDefinitions(video.appId, trx);
      // One that has been deleted since it was set is left out.
      const found = await templates.getMany(trx, video.appId, 'transcode', wanted);
      const known = [...new Set(wanted)].flatMap((id) => found.get(id) ?? []);
      const specs = outputSpecs(known);
      // What was accepted and cannot be made is told of when the task ends.
      if (!wasAccepted) refuseMarkedCopies(specs, watermark);
      const jobs: NewFlow['jobs'] = specs.map((spec) =>
        transcodeJob.ask({ definition: spec.id, spec, watermark }),
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
    async startPulls(trx, appId, pulls, now) {
      const started: { id: string; videoId: string }[] = [];
      for (const { notifyUrl, priority, ...pull } of pulls) {
        await classes.require(trx, appId, pull.classId);
        const id = pullFlow.newId(appId);
        const videoId = newFileId(now);
        const options = { notifyUrl } satisfies NotifyOptions;
        const jobs = [pullJob.ask({ ...pull, videoId })];
        await tasks.createFlow(trx, { id, appId, kind: pullFlow.kind, priority, options, jobs }, now);
        started.push({ id, videoId });
      }
      await requireQuotas(trx, appId);
      return started;
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
