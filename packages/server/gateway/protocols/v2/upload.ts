import { uploadSuccess } from '@openvod/contract/v2';
import type { Protocol } from '../protocol.ts';
import { type Actions, actionNameIn, protocolOf } from './actions.ts';
import { answerOf, REFUSE } from './answers.ts';
import { prove } from './prove.ts';
import { readCall, type V2Call } from './read-call.ts';

/**
 * Upload calls of the first generation (docs/wire/uploads.md): every parameter in the query, whatever the method, and the
 * body is file bytes. They are signed, but may come twice: their clients send the same call again when no answer comes,
 * and the calls can be repeated.
 */
export function uploadProtocol(actions: Actions, signedHosts: readonly string[]): Protocol<V2Call> {
  return {
    name: 'v2-upload',
    claims: ({ query }) => protocolOf(actionNameIn(query.pairs)) === 'upload',
    repeatable: true,
    streams: true,

    async read(head) {
      return readCall(head, head.query, actions.find(actionNameIn(head.query.pairs)), 'upload');
    },

    prove: (call, accounts) => prove(accounts, signedHosts, call),
    answer: (result) => answerOf(uploadSuccess(result)),
    refuse: (refused, call) => REFUSE.upload(refused, call?.handler.action ?? null),
  };
}
