import type { Classes } from '../classes/index.ts';
import { checkedText } from '../common/checked-text.ts';
import { Refused } from '../common/faults/refused.ts';
import { newFileId } from '../common/ids.ts';
import type { Executor } from '../database/index.ts';
import { type Library, type Video, VideoGoneError } from '../library/index.ts';
import { type MediaInfo, rangeWithin } from '../media/index.ts';
import type { NewFlow, TaskFlow, Tasks } from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { defaultTemplates, outputSpecs } from './definitions.ts';
import { flowVideo } from './events.ts';
import { clipFlow } from './flows/clip.ts';
import { concatFlow } from './flows/concat.ts';
import type { FlowKind } from './flows/flow.ts';
import { procedureFlow } from './flows/procedure.ts';
import { pullFlow } from './flows/pull.ts';
import { transcodeFlow } from './flows/transcode.ts';
import { transcodeJob } from './jobs/transcode.ts';
import { askClip } from './making/clip.ts';
import { askConcat } from './making/concat.ts';
import type { MakingOptions } from './making/maker.ts';
import { pullJob } from './pull/job.ts';
import type { DefaultDefinitions, NotifyOptions, Processing } from './types.ts';
import { refuseMarkedCopies } from './watermarks.ts';

/** All sources of a joined video together, bytes (docs/wire/processing.md). */
const MOST_JOINED_BYTES = 10 * 1024 ** 3;

/** Turns requests into task flows. */
export function starter(deps: {
  tasks: Tasks;
  library: Library;
  templates: Templates;
  classes: Pick<Classes, 'require'>;
  defaultDefinitions: DefaultDefinitions;
}): Omit<Processing, 'watermarks' | 'prepareProcedure'> {
  const { tasks, library, classes } = deps;

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

  /** After the flow was written and its video locked with it, so that of two at once the second sees the first. */
  async function refuseTwin(
    trx: Executor,
    { kind }: FlowKind,
    { id: videoId, appId }: Pick<Video, 'id' | 'appId'>,
    { id, options }: Pick<TaskFlow, 'id' | 'options'>,
  ): Promise<void> {
    if (!(await tasks.hasTwin(trx, { id, appId, videoId, kind, options }))) return;
    throw new Refused('procedure.exists', 'the same procedure is at work on this video already');
  }

  /** A flow that makes a video of others. */
  async function make(
    trx: Executor,
    { kind, newId }: FlowKind,
    { appId, name, ...flow }: Pick<NewFlow, 'appId' | 'sources' | 'jobs'> & { name: string },
    now: number,
  ): Promise<string> {
    const id = newId(appId);
    const options = { name: checkedText('name', name), videoId: newFileId(now) } satisfies MakingOptions;
    await tasks.createFlow(trx, { ...flow, id, appId, kind, options }, now);
    await requireQuotas(trx, appId);
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
    async startDefaultTranscode(trx, video, now, { notifyUrl, wasAccepted = false, watermark = null } = {}) {
      const specs = outputSpecs(await defaultTemplates(deps, video.appId, trx));
      // What was accepted and cannot be made is told of when the task ends.
      if (!wasAccepted) refuseMarkedCopies(specs, watermark);
      const jobs = specs.map((spec) => transcodeJob.ask({ definition: spec.id, spec, watermark }));
      const options = { notifyUrl } satisfies NotifyOptions;
      const id = await begin(trx, transcodeFlow, video, { jobs, options }, now);
      if (!wasAccepted) await requireQuotas(trx, video.appId);
      return id;
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
    async startPrepared(trx, video, { call, jobs, options }, now, { wasAccepted = false } = {}) {
      const flow = { jobs, options: { ...options, procedure: call } };
      const id = await begin(trx, procedureFlow, video, flow, now);
      if (!wasAccepted) {
        await refuseTwin(trx, procedureFlow, video, { id, ...flow });
        await requireQuotas(trx, video.appId);
      }
      return id;
    },
    async startApart(trx, video, { call, jobs, options: given }, now) {
      const options = { ...given, procedure: call };
      const start = async (kind: FlowKind, some: NewFlow['jobs']) => {
        const id = await begin(trx, kind, video, { jobs: some, options }, now);
        await refuseTwin(trx, kind, video, { id, options });
        return id;
      };
      const transcodes = jobs.filter(({ type }) => type === transcodeJob.type);
      const others = jobs.filter(({ type }) => type !== transcodeJob.type);
      const isOne = transcodes.length > 0 && others.length === 0;
      const transcodeId = transcodes.length > 0 ? await start(transcodeFlow, transcodes) : null;
      const procedureId = isOne ? null : await start(procedureFlow, others);
      await requireQuotas(trx, video.appId);
      return { transcodeId, procedureId };
    },
    async startClip(trx, appId, { videoId, name, startMs, endMs }, now) {
      const video = await library.videos.require(trx, appId, videoId);
      const { durationMs } = requireMedia(video);
      if (durationMs > 0 && rangeWithin({ startMs, endMs }, durationMs) === null) {
        const message = `nothing lies between the two times; the video lasts ${durationMs / 1000} s`;
        throw new Refused('parameter.refused', message, { field: 'endMs' });
      }
      return make(
        trx,
        clipFlow,
        { appId, name, sources: [videoId], jobs: [askClip({ startMs, endMs })] },
        now,
      );
    },
    async startConcat(trx, appId, { videoIds, name, containers }, now) {
      const videos = new Map(
        (await library.videos.getMany(trx, appId, [...new Set(videoIds)])).map((video) => [video.id, video]),
      );
      let bytes = 0;
      for (const id of videoIds) {
        const video = videos.get(id);
        if (!video) throw new VideoGoneError(id);
        requireMedia(video);
        bytes += video.size;
      }
      if (bytes > MOST_JOINED_BYTES) {
        const message = `must have at most ${MOST_JOINED_BYTES} bytes together, and have ${bytes}`;
        throw new Refused('parameter.refused', message, { field: 'videoIds' });
      }
      const jobs = [...new Set(containers)].map((container) => askConcat({ container }));
      return make(trx, concatFlow, { appId, name, sources: [...videoIds], jobs }, now);
    },
    async startProcedure(trx, video, request, now) {
      const id = await begin(trx, procedureFlow, video, request, now);
      await requireQuotas(trx, video.appId);
      return id;
    },
  };
}

/** @throws Refused `video.unfit` */
function requireMedia({ id, info }: Video): MediaInfo {
  if (info === null) throw new Refused('video.unfit', `video ${id} is no media file`);
  return info;
}
