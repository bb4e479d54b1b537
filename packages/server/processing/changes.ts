import type { Addresses } from '../common/addresses.ts';
import type { Executor } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import { type Library, VideoGoneError, type VideoStatus } from '../library/index.ts';
import type { FlowListener, TaskFlow, Tasks } from '../tasks/index.ts';
import { procedureData } from './v2/views/procedure.ts';
import { runningTranscodeData, transcodeData } from './v2/views/transcode.ts';

interface ChangeDeps {
  library: Library;
  tasks: Tasks;
  events: Events;
  addresses: Addresses;
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
    const eventType = eventOf(before, after);
    if (eventType === null) return;
    await deps.events.emit(trx, after.appId, eventType, await flowData(deps, trx, after), now);
  };
}

/** `data` of the flow's event, as far as the flow has come; also what GetTaskInfo shows. */
export async function flowData(
  { library, addresses }: Pick<ChangeDeps, 'library' | 'addresses'>,
  db: Executor,
  flow: TaskFlow,
): Promise<Record<string, unknown>> {
  if (flow.kind === 'transcode' && flow.status !== 'finished') return runningTranscodeData(flow);
  const video = await library.videos.get(db, flow.appId, flow.videoId);
  if (!video) return withoutVideo(flow);
  if (flow.kind === 'procedure') return procedureData(flow, video, addresses);
  return transcodeData(flow, video, await library.outputs.of(db, flow.appId, flow.videoId), addresses);
}

/** The event to be sent for a change; null for none. */
function eventOf(before: TaskFlow | null, after: TaskFlow): string | null {
  const isEnd = before?.status !== 'finished' && after.status === 'finished';
  if (after.kind === 'transcode') return isEnd ? 'TranscodeComplete' : null;
  if (after.notifyMode === 'None') return null;
  const isWanted = isEnd || (after.notifyMode === 'Change' && hasBegun(before, after));
  return isWanted ? 'ProcedureStateChanged' : null;
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
  const set = (status: VideoStatus) =>
    library.videos.change(trx, flow.appId, flow.videoId, { status: status }, now);
  // Also locks the video, so that of two flows that change at once the second sees what the first did.
  await set('transcoding');
  if (flow.status === 'processing') return;
  const others = await tasks.otherActiveStatuses(trx, flow);
  if (others.includes('processing')) return;
  if (flow.status === 'waiting' || others.includes('waiting')) await set('waiting');
  else await set(flow.errorCode === 0 ? 'normal' : 'transcodeFailed');
}

function withoutVideo(flow: TaskFlow): Record<string, unknown> {
  return {
    vodTaskId: flow.id,
    fileId: flow.videoId,
    status: flow.kind === 'transcode' ? flow.errorCode : 'FINISH',
    errCode: flow.errorCode,
    message: flow.message,
  };
}
