import type { Clock } from '../common/clocks/clock.ts';
import type { Database } from '../database/index.ts';
import type { Library } from '../library/index.ts';
import { type FlowControl, type FlowRunner, hasEnded, type Job, type TaskFlow } from '../tasks/index.ts';
import { makerOf } from './making/makers.ts';
import { pullJob } from './pull/job.ts';

/** Whether a job makes the video that the other jobs of its flow work on. */
export function makesVideo({ type }: Pick<Job, 'type'>): boolean {
  return type === pullJob.type || makerOf(type) !== null;
}

/**
 * Carries out task flows: one that has no video yet makes or fetches it first, and then is as any other. Each part is a runner that
 * carries out its own jobs.
 */
export function createProcedureRunner(
  { database, library, clock }: { database: Database; library: Pick<Library, 'videos'>; clock: Clock },
  { making, pulling, usual }: Record<'making' | 'pulling' | 'usual', FlowRunner>,
): FlowRunner {
  const beginnerOf = ({ type }: Job) => (type === pullJob.type ? pulling : making);

  async function run(flow: TaskFlow, control: FlowControl): Promise<void> {
    const first = flow.jobs.find((job) => makesVideo(job) && !hasEnded(job));
    if (!first) return usual.run(flow, control);
    const videoId = flow.videoId ?? (await begin(flow, first, control));
    if (videoId === null) return;
    // Done again, it keeps the video that it has made.
    if (flow.videoId !== null) await passOver(first, { ...flow, videoId }, control);
    const jobs = flow.jobs.filter((job) => job !== first);
    if (jobs.some((job) => !hasEnded(job))) await usual.run({ ...flow, videoId, jobs }, control);
  }

  /** The id of the video, as soon as there is one; null when nothing came of it. */
  async function begin(flow: TaskFlow, first: Job, control: FlowControl): Promise<string | null> {
    let made: string | null = null;
    const more = flow.jobs.length > 1;
    await beginnerOf(first).run(flow, {
      signal: control.signal,
      started: (indexes) => control.started(indexes),
      progress: (index, fraction) => control.progress(index, fraction),
      waitOut: (work) => control.waitOut(work),
      async ended(outcomes, options = {}) {
        const { videoId, within } = options;
        await control.ended(outcomes, {
          ...options,
          within: async (trx) => {
            await within?.(trx);
            if (videoId === undefined || !more) return;
            await library.videos.change(trx, flow.appId, videoId, { status: 'transcoding' }, clock());
          },
        });
        made = videoId ?? null;
      },
    });
    return made;
  }

  async function passOver(
    { index, type }: Job,
    { appId, videoId }: { appId: string; videoId: string },
    control: FlowControl,
  ): Promise<void> {
    const video = await library.videos.get(database.db, appId, videoId);
    const isPulled = type === pullJob.type && video !== null;
    await control.started([index]);
    const output = isPulled ? { sourceKey: video.sourceKey, size: video.size, transcodeId: null } : {};
    await control.ended([{ index, output }]);
  }

  return {
    run,
    async discard(flow) {
      const first = flow.videoId === null ? flow.jobs.find(makesVideo) : undefined;
      await (first ? beginnerOf(first) : usual).discard(flow);
    },
  };
}
