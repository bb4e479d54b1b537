import {
  type CommonParameters,
  type ParameterTree,
  type ProtocolName,
  parseParams,
  splitCommon,
} from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { ActionHandler } from '../../../common/v2/handler.ts';
import type { Form } from '../../parameters/form.ts';
import type { Head, ReadCall } from '../protocol.ts';
import { checkPlace } from './hosts.ts';
import type { Signed } from './prove.ts';
import { ParameterRefused } from './refusal.ts';

/** A call of version 2, with what proves it. */
export interface V2Call extends ReadCall, Signed {
  handler: ActionHandler;
}

/**
 * Joins an action with the parameters that a call has for it.
 * @throws Refused `call.host`, `call.method`; `call.parameter` for text that cannot be read
 */
export function readCall(head: Head, form: Form, handler: ActionHandler, protocol: ProtocolName): V2Call {
  const { action } = handler;
  checkPlace(head, action.name, protocol);
  if (action.methods && !action.methods.includes(head.method)) {
    throw new Refused(
      'call.method',
      `method ${head.method}: ${action.name} takes ${action.methods.join(' or ')}`,
    );
  }
  const { common, tree } = readNotation(form);
  return {
    head,
    handler,
    common,
    pairs: form.pairs,
    action: action.name,
    rateLimitPerMinute: action.rateLimitPerMinute,
    application: common.subAppId,
    async run(call) {
      const params = parseParams(action, tree);
      if (!params.ok) throw new ParameterRefused(params.message, params.field);
      return (await handler.run(params.value, call)) as object;
    },
  };
}

function readNotation(form: Form): { common: CommonParameters; tree: ParameterTree } {
  if (form.broken !== null) {
    const name = form.broken.slice(0, 64);
    throw new Refused('call.parameter', `${name} must be UTF-8, percent-encoded, without NUL`);
  }
  const split = splitCommon(form.pairs);
  if (!split.ok) throw new Refused('call.parameter', split.message);
  return split;
}
