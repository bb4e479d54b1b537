import { ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import { type EventViews, shown, type ViewContext } from '../../../common/v2/event-view.ts';
import type { FlowChanged, ProcessingEvents } from '../../events.ts';
import { procedureData } from './procedure.ts';
import { runningTranscodeData, transcodeData } from './transcode.ts';

/** How version 2 shows what this room tells of: each kind of flow has an event of its own there. */
export const processingEventViews: EventViews<ProcessingEvents> = {
  'flow.changed': (changed, { addresses }) =>
    changed.flow.kind === 'transcode'
      ? shown(TranscodeComplete, transcodeData(changed, addresses))
      : shown(ProcedureStateChanged, procedureData(changed, addresses)),
};

/** `data` of GetTaskInfo: what the flow's event says, or would say now. */
export function flowData(changed: FlowChanged, context: ViewContext): Record<string, unknown> {
  const { flow } = changed;
  if (flow.kind === 'transcode' && flow.status !== 'finished') return runningTranscodeData(flow);
  const { data } = processingEventViews['flow.changed'](changed, context);
  // The documents show this one among what is answered, though not in the event.
  return flow.kind === 'transcode' ? { ...data, errCode: data.status } : data;
}
