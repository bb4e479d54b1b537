import type { Executor } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import { type Library, VideoGoneError, type VideoStatus } from '../library/index.ts';
import type { FlowListener, TaskFlow, Tasks } from '../tasks/index.ts';
import { type FlowChanged, flowChanged, type ProcessingEvents } from './events.ts';
import type { NotifyOptions } from './types.ts';

interface ChangeDeps {
  library: Library;
  tasks: Tasks;
  events: Events<ProcessingEvents>;
}

/** What a change of a flow means for its video and for those who want to hear of it; all in the change's transaction. */
export function changeListener(deps: ChangeDeps): FlowListener {
  return async (trx, before, after, now) => {
    try {
      if (before?.status !== after.status) await updateVideoStatus(deps, trx, after, now);
    } catch (error) {
      // A flow may outlive its video, but none begins without one.
      if (!(error instanceof VideoGoneError) || before === null) throw error;
      return;
    }
    if (!isTold(before, after)) return;
    const payload = await snapshotOf(deps.library, trx, after);
    const { notifyUrl } = after.options as NotifyOptions;
    await deps.events.emit(trx, after.appId, { type: 'flow.changed', payload }, now, { notifyUrl });
  };
}

/** What there is to tell of a flow now. */
export async function snapshotOf(library: Library, db: Executor, flow: TaskFlow): Promise<FlowChanged> {
  const { appId, videoId } = flow;
  const video = await library.getVideo(db, appId, videoId);
  const isListed = video !== null && flow.kind === 'transcode';
  return flowChanged(flow, video, isListed ? await library.renditions(db, appId, videoId) : []);
}

/** Whether the caller wants to hear of a change. */
function isTold(before: TaskFlow | null, after: TaskFlow): boolean {
  const isEnd = before?.status !== 'finished' && after.status === 'finished';
  if (after.kind === 'transcode') return isEnd;
  if (after.notifyMode === 'None') return false;
  return isEnd || (after.notifyMode === 'Change' && hasBegun(before, after));
}

/** A sub-task has begun, for the first time: that it begins again after a fault changes nothing outside. */
function hasBegun(before: TaskFlow | null, after: TaskFlow): boolean {
  return (
    after.attempt === 1 &&
    after.subTasks.some(
      ({ status, index }) => status === 'processing' && before?.subTasks[index]?.status === 'waiting',
    )
  );
}

/**
 * The video's status follows all its flows: transcoding while one is at work, waiting while one waits, else what the
 * last one came to.
 */
async function updateVideoStatus(
  { library, tasks }: ChangeDeps,
  trx: Executor,
  flow: TaskFlow,
  now: number,
): Promise<void> {
  const set = (status: VideoStatus) => library.setStatus(trx, flow.appId, flow.videoId, status, now);
  // Also locks the video, so that of two flows that change at once the second sees what the first did.
  await set('transcoding');
  if (flow.status === 'processing') return;
  const others = await tasks.otherActiveStatuses(trx, flow);
  if (others.includes('processing')) return;
  if (flow.status === 'waiting' || others.includes('waiting')) await set('waiting');
  else await set(flow.errorCode === 0 ? 'normal' : 'transcodeFailed');
}
