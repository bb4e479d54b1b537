import {
  CreateImageSpriteComplete,
  CreateSnapshotByTimeOffsetComplete,
  ProcedureStateChanged,
  TranscodeComplete,
} from '@openvod/contract/v2';
import { type EventViews, shown, type ViewContext } from '../../../common/v2/event-view.ts';
import type { FlowChanged, ProcessingEvents } from '../../events.ts';
import { snapshotByTimeFlow } from '../../flows/snapshot-by-time.ts';
import { spriteFlow } from '../../flows/sprite.ts';
import { transcodeFlow } from '../../flows/transcode.ts';
import { procedureData } from './procedure.ts';
import { snapshotByTimeData } from './snapshot-by-time.ts';
import { spriteData } from './sprite.ts';
import { runningTranscodeData, transcodeData } from './transcode.ts';

/** How version 2 shows what this room tells of: a kind of flow has an event of its own there, or is a procedure. */
export const processingEventViews: EventViews<ProcessingEvents> = {
  'flow.changed': (changed, { addresses }) => {
    switch (changed.flow.kind) {
      case transcodeFlow.kind:
        return shown(TranscodeComplete, transcodeData(changed, addresses));
      case snapshotByTimeFlow.kind:
        return shown(CreateSnapshotByTimeOffsetComplete, snapshotByTimeData(changed, addresses));
      case spriteFlow.kind:
        return shown(CreateImageSpriteComplete, spriteData(changed, addresses));
      default:
        return shown(ProcedureStateChanged, procedureData(changed, addresses));
    }
  },
};

/** `data` of GetTaskInfo: what the flow's event says, or would say now. */
export function flowData(changed: FlowChanged, context: ViewContext): Record<string, unknown> {
  const { flow } = changed;
  if (flow.kind === 'transcode' && flow.status !== 'finished') return runningTranscodeData(flow);
  const { data } = processingEventViews['flow.changed'](changed, context);
  // The documents show this one among what is answered, though not in the event.
  return flow.kind === 'transcode' ? { ...data, errCode: data.status } : data;
}
