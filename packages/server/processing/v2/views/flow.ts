import { ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import type { FlowChanged } from '../../events.ts';
import { procedureData } from './procedure.ts';
import { runningTranscodeData, transcodeData } from './transcode.ts';

/** The event of a flow: each kind has one of its own in version 2. */
export function eventOf(changed: FlowChanged, { addresses }: { addresses: Addresses }) {
  return changed.flow.kind === 'transcode'
    ? { eventType: TranscodeComplete.name, data: transcodeData(changed, addresses) }
    : { eventType: ProcedureStateChanged.name, data: procedureData(changed, addresses) };
}

/** `data` of GetTaskInfo: what the flow's event says, or would say now. */
export function flowData(changed: FlowChanged, context: { addresses: Addresses }): Record<string, unknown> {
  const { flow } = changed;
  if (flow.kind === 'transcode' && flow.status !== 'finished') return runningTranscodeData(flow);
  const { data } = eventOf(changed, context);
  // The documents show this one among what is answered, though not in the event.
  return flow.kind === 'transcode' ? { ...data, errCode: data.status } : data;
}
