import { type UploadPermit, uploadSuccess } from '@openvod/contract/v2';
import type { Protocol } from '../protocol.ts';
import { type Actions, actionNameIn, protocolOf } from './actions.ts';
import { answerOf, REFUSE } from './answers.ts';
import { provePermit, readPermitted } from './permit.ts';
import { prove } from './prove.ts';
import { readCall, type V2Call } from './read-call.ts';

/** A call, with the permission that stands in for a signature of its own. */
interface UploadCall extends V2Call {
  permit?: UploadPermit;
}

/**
 * Upload calls of the first generation (docs/wire/uploads.md): every parameter in the query, whatever the method, and the
 * body is file bytes. They are signed, but may come twice: their clients send the same call again when no answer comes,
 * and the calls can be repeated.
 */
export function uploadProtocol(actions: Actions, signedHosts: readonly string[]): Protocol<UploadCall> {
  return {
    name: 'v2-upload',
    claims: ({ query }) => protocolOf(actionNameIn(query.pairs)) === 'upload',
    repeatable: true,
    streams: true,

    async read(head) {
      const handler = actions.find(actionNameIn(head.query.pairs));
      if (!handler.action.permit) return readCall(head, head.query, handler, 'upload');
      const { permit, form } = readPermitted(head.query);
      // It is a permission in the application of its key, and in no other that a device may name.
      return { ...readCall(head, form, handler, 'upload'), permit, application: undefined };
    },

    prove: (call, accounts) =>
      call.permit ? provePermit(call.permit, accounts) : prove(accounts, signedHosts, call),
    answer: (result) => answerOf(uploadSuccess(result)),
    refuse: (refused, call) => REFUSE.upload(refused, call?.handler.action ?? null),
  };
}
