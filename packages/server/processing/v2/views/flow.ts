import {
  ClipComplete,
  ConcatComplete,
  CreateImageSpriteComplete,
  CreateSnapshotByTimeOffsetComplete,
  ProcedureStateChanged,
  PullComplete,
  TranscodeComplete,
} from '@openvod/contract/v2';
import { type EventViews, shown, type ViewContext } from '../../../common/v2/event-view.ts';
import type { FlowChanged, ProcessingEvents } from '../../events.ts';
import { clipData, runningClipData } from './clip.ts';
import { concatData, runningConcatData } from './concat.ts';
import { procedureData } from './procedure.ts';
import { pullData, runningPullData } from './pull.ts';
import { snapshotByTimeData } from './snapshot-by-time.ts';
import { spriteData } from './sprite.ts';
import { runningTranscodeData, transcodeData } from './transcode.ts';

/** How a flow of each kind is shown once it has ended; other kinds are task flows. */
const SHOWN: Record<string, EventViews<ProcessingEvents>['flow.changed']> = {
  transcode: (changed, { addresses }) => shown(TranscodeComplete, transcodeData(changed, addresses)),
  pull: (changed, { addresses }) => shown(PullComplete, pullData(changed, addresses)),
  clip: ({ flow }, { addresses }) => shown(ClipComplete, clipData(flow, addresses)),
  concat: ({ flow }, { addresses }) => shown(ConcatComplete, concatData(flow, addresses)),
  snapshotByTimeOffset: (changed, { addresses }) =>
    shown(CreateSnapshotByTimeOffsetComplete, snapshotByTimeData(changed, addresses)),
  imageSprite: (changed, { addresses }) => shown(CreateImageSpriteComplete, spriteData(changed, addresses)),
};

/** What there is to say of a flow that has not ended; of other kinds, the same as at their end. */
const RUNNING: Record<string, (flow: FlowChanged['flow']) => Record<string, unknown>> = {
  transcode: runningTranscodeData,
  pull: runningPullData,
  clip: runningClipData,
  concat: runningConcatData,
};

/** How version 2 shows what this room tells of: each kind of flow has an event of its own there. */
export const processingEventViews: EventViews<ProcessingEvents> = {
  'flow.changed': (changed, context) =>
    SHOWN[changed.flow.kind]?.(changed, context) ??
    shown(ProcedureStateChanged, procedureData(changed, context.addresses)),
};

/** `data` of GetTaskInfo: what the flow's event says, or would say now. */
export function flowData(changed: FlowChanged, context: ViewContext): Record<string, unknown> {
  const { flow } = changed;
  const running = flow.status === 'finished' ? undefined : RUNNING[flow.kind];
  if (running) return running(flow);
  const { data } = processingEventViews['flow.changed'](changed, context);
  // The documents show this one among what is answered, though not in the event.
  return flow.kind === 'transcode' ? { ...data, errCode: data.status } : data;
}
