import {
  type Action,
  type Envelope,
  failure,
  type ProtocolName,
  stringifyAscii,
  ugcFailure,
  uploadFailure,
} from '@openvod/contract/v2';
import type { Refused } from '../../../common/faults/refused.ts';
import type { Answer } from '../protocol.ts';
import { wireRefusal } from './refusal.ts';

export function answerOf(envelope: Envelope): Answer {
  return { code: envelope.code, json: stringifyAscii(envelope) };
}

/** A refusal in the form that clients of a protocol read. */
export const REFUSE: Record<ProtocolName, (refused: Refused, action: Action | null) => Answer> = {
  text: (refused, action) => answerOf(failure(wireRefusal(refused, 'text', action))),
  upload(refused, action) {
    const refusal = wireRefusal(refused, 'upload', action);
    return answerOf(uploadFailure(refusal, refusal.canRetry));
  },
  ugc: (refused, action) => answerOf(ugcFailure(wireRefusal(refused, 'text', action))),
};
