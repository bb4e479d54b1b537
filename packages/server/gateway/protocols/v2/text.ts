import type { IncomingMessage } from 'node:http';
import { type ProtocolName, success } from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import { type Collecting, collectBody } from '../../parameters/body.ts';
import { type Form, parseForm } from '../../parameters/form.ts';
import { parseMultipart } from '../../parameters/multipart.ts';
import type { Head, Protocol } from '../protocol.ts';
import { type Actions, actionNameIn, protocolOf } from './actions.ts';
import { answerOf, REFUSE } from './answers.ts';
import { prove } from './prove.ts';
import { readCall, type V2Call } from './read-call.ts';

export interface TextOptions {
  /** Hosts that a client may have signed beside the one it sends. */
  signedHosts: readonly string[];
  /** Plain HTTP is refused. */
  requireHttps: boolean;
  /** How bodies are read. */
  collecting: Collecting;
  isEncrypted(request: IncomingMessage): boolean;
}

/**
 * Ordinary calls (docs/wire/calls.md): GET has all parameters in the query, POST in a form in the body, and the two are
 * never mixed. Answers everything that no other protocol claims, so it also tells what is wrong with a call of none.
 */
export function textProtocol(actions: Actions, options: TextOptions): Protocol<V2Call> {
  return {
    name: 'v2-text',
    claims: () => true,
    repeatable: false,
    streams: false,

    async read(head) {
      const form = head.method === 'GET' ? head.query : await readBody(head.request, options.collecting);
      const name = actionNameIn(form.pairs);
      if (!name) throw new Refused('call.action', whereActionBelongs(head));
      const protocol = protocolOf(name) ?? 'text';
      const call = () => readCall(head, form, actions.find(name), protocol);
      if (protocol !== 'text') throw new Misplaced(protocol, call);
      const read = call();
      if (options.requireHttps && !options.isEncrypted(head.request)) {
        throw new Refused('call.plainHttp', 'plain HTTP is not supported here: use HTTPS');
      }
      return read;
    },

    prove: (call, accounts) => prove(accounts, options.signedHosts, call),

    answer: (result) => answerOf(success(result)),

    refuse(refused, call) {
      const form = refused instanceof Misplaced ? refused.protocol : 'text';
      return REFUSE[form](refused, call?.handler.action ?? null);
    },
  };
}

function whereActionBelongs({ method, query }: Head): string {
  const inQuery = method === 'POST' ? actionNameIn(query.pairs) : undefined;
  const rule = 'GET takes every parameter from the query, POST from a form in the body';
  if (inQuery === undefined) return `Action is required: ${rule}`;
  return `Action is required in the body: Action=${inQuery.slice(0, 64)} stands in the query, and ${rule}`;
}

/**
 * A call of another protocol whose Action came in a form: its body cannot be the file that it should be. It is refused in
 * that protocol's form, the only one that its client reads.
 */
class Misplaced extends Refused {
  readonly protocol: ProtocolName;

  constructor(protocol: ProtocolName, read: () => V2Call) {
    let message = 'Action: upload calls take every parameter from the query, their body is the file';
    let kind: Refused['kind'] = 'call.action';
    try {
      read();
    } catch (error) {
      if (error instanceof Refused && error.kind === 'call.planned') ({ kind, message } = error);
    }
    super(kind, message);
    this.protocol = protocol;
  }
}

/** The content type only tells the two kinds of forms apart; what it says otherwise is nothing to go by. */
async function readBody(request: IncomingMessage, collecting: Collecting): Promise<Form> {
  const body = await collectBody(request, collecting);
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data/i.test(contentType)) return parseForm(body.toString('latin1'));
  try {
    return await parseMultipart(contentType, body);
  } catch (cause) {
    const message = 'the body is not the multipart form that its Content-Type announces';
    throw new Refused('call.form', message, { cause });
  }
}
