import { Refused } from '../common/faults/refused.ts';
import { runName } from '../common/object-keys.ts';
import type { Executor } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import { type Library, VideoGoneError, type VideoStatus } from '../library/index.ts';
import type { MediaInfo } from '../media/index.ts';
import type { FlowListener, TaskFlow, Tasks } from '../tasks/index.ts';
import { type FlowChanged, flowChanged, type ProcessingEvents } from './events.ts';
import { flowKind } from './flows/all.ts';
import type { NotifyOptions } from './types.ts';

interface ChangeDeps {
  library: Library;
  tasks: Tasks;
  events: Events<ProcessingEvents>;
  /** Told of renditions that were made, in the transaction that says so; nobody is when left out. */
  onTranscoded?: OnTranscoded | undefined;
}

/** `format`: codec of the picture, or of the sound where there is none; ms of what came out. */
export type OnTranscoded = (
  trx: Executor,
  made: readonly { appId: string; format: string; durationMs: number }[],
  now: number,
) => Promise<void>;

/** What a change of a flow means for its video and for those who want to hear of it; all in the change's transaction. */
export function changeListener(deps: ChangeDeps): FlowListener {
  return async (trx, before, after, now) => {
    if (before?.status === 'finished') flowKind(before.kind).checkRedo?.(before);
    await giveUpLastRun(deps, trx, before, after, now);
    // What nobody asked for changes nothing that is shown of the video but by its result.
    if (after.isUnasked) return;
    if (before?.status !== after.status && after.videoId !== null) {
      await followWithVideo(deps, trx, before, { ...after, videoId: after.videoId }, now);
    }
    const made = transcodedBetween(before, after);
    if (made.length > 0) await deps.onTranscoded?.(trx, made, now);
    if (!flowKind(after.kind).isTold(before, after)) return;
    const payload = await snapshotOf(deps.library, trx, after);
    const { notifyUrl } = after.options as NotifyOptions;
    await deps.events.emit(trx, after.appId, { type: 'flow.changed', payload }, now, { notifyUrl });
  };
}

/** The renditions that are done after a change and were not before. */
function transcodedBetween(before: TaskFlow | null, { appId, jobs }: TaskFlow) {
  const wasDone = new Set(
    before?.jobs.flatMap(({ index, status }) => (status === 'succeeded' ? [index] : [])),
  );
  return jobs.flatMap(({ index, type, status, output }) => {
    if (type !== 'transcode' || status !== 'succeeded' || wasDone.has(index)) return [];
    const info = output?.info as MediaInfo | null;
    const format = info?.video[0]?.codec ?? info?.audio[0]?.codec ?? 'unknown';
    return [{ appId, format, durationMs: info?.durationMs ?? 0 }];
  });
}

/** With the start of a run the one before has come to nothing, but for what it published: also when this one is killed at once. */
async function giveUpLastRun(
  { library }: ChangeDeps,
  trx: Executor,
  before: TaskFlow | null,
  after: TaskFlow,
  now: number,
): Promise<void> {
  if (before === null || before.run === 0 || before.run === after.run || after.videoId === null) return;
  await library.outputs.giveUpRun(trx, after.appId, after.videoId, runName(after.id, before.run), now);
}

/** What there is to tell of a flow now. */
export async function snapshotOf(library: Library, db: Executor, flow: TaskFlow): Promise<FlowChanged> {
  const { appId, videoId, kind } = flow;
  const video = videoId === null ? null : await library.videos.get(db, appId, videoId);
  if (!video || kind !== 'transcode') return flowChanged(flow, video, []);
  const playable = await library.outputs.playableOf(db, appId, [video.id]);
  return flowChanged(flow, video, playable.get(video.id) ?? []);
}

type VideoFlow = TaskFlow & { videoId: string };

/** A flow may outlive its video, but none begins without one. */
async function followWithVideo(
  deps: ChangeDeps,
  trx: Executor,
  before: TaskFlow | null,
  after: VideoFlow,
  now: number,
): Promise<void> {
  try {
    await updateVideoStatus(deps, trx, after, now);
  } catch (error) {
    if (!(error instanceof VideoGoneError) || before === null) throw error;
    if (before.status === 'finished') {
      throw new Refused('task.notEnded', `task ${after.id} cannot be redone: its video is gone`);
    }
  }
}

/**
 * The video's status follows all its flows: transcoding while one is at work, waiting while one waits, else what the
 * last one came to; a picture that could not be taken does no harm to the video.
 */
async function updateVideoStatus(
  { library, tasks }: ChangeDeps,
  trx: Executor,
  flow: VideoFlow,
  now: number,
): Promise<void> {
  const set = (status: VideoStatus) => library.videos.change(trx, flow.appId, flow.videoId, { status }, now);
  // Also locks the video, so that of two flows that change at once the second sees what the first did.
  await set('transcoding');
  if (flow.status === 'processing') return;
  const others = await tasks.otherActiveStatuses(trx, flow, flow.videoId);
  if (others.includes('processing')) return;
  const renditions = flow.jobs.filter(({ type }) => type === 'transcode');
  const isLost =
    renditions.length > 0 && (flow.failure !== null || renditions.every(({ status }) => status === 'failed'));
  if (flow.status === 'waiting' || others.includes('waiting')) await set('waiting');
  else await set(isLost ? 'transcodeFailed' : 'normal');
}
