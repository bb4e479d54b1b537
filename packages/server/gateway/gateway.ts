import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApiError,
  type CommonParameters,
  type ParameterTree,
  PUBLIC_ERRORS,
  parseParams,
  splitCommon,
  stringifyAscii,
  success,
} from '@openvod/contract/v2';
import type { Accounts } from '../accounts/index.ts';
import type { ActionHandler } from '../common/action-handler.ts';
import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import { type AnswerForm, createRouter, type Router } from './actions.ts';
import { discardRest, failureText, sendEnvelope, sendPreflight } from './answer.ts';
import { HttpCall } from './call.ts';
import { type GatewayConfig, LIMITS } from './config.ts';
import { internalError, refusalOf, type StepCodes, stepCodes } from './errors.ts';
import { checkAddress, hostOf } from './hosts.ts';
import { type Caller, identify } from './identify.ts';
import { streamBody } from './parameters/body.ts';
import { type Received, receive } from './parameters/receive.ts';
import { Quota } from './quota.ts';
import { checkTimestamp, refuseReplay } from './replay/replay.ts';
import type { NonceStore } from './replay/store.ts';

/** For metrics: one answer. `action` is a name of the contract or `unknown`, never a client's text. */
export interface Answered {
  action: string;
  code: number;
  durationMs: number;
}

export interface GatewayDeps {
  accounts: Accounts;
  nonces: NonceStore;
  actions: readonly ActionHandler[];
  config: GatewayConfig;
  clock: Clock;
  log: Logger;
  onAnswer?: (answered: Answered) => void;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  form: AnswerForm;
  action: string;
}

/**
 * HTTP in → parameters → who is it → replay, quota → action → envelope. Answers every request, whatever is in it.
 */
export class Gateway {
  readonly #deps: GatewayDeps;
  readonly #router: Router;
  readonly #quota: Quota;
  readonly #limits: typeof LIMITS;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
    this.#router = createRouter(deps.actions);
    this.#quota = new Quota(deps.config.rateLimit);
    this.#limits = { ...LIMITS, ...deps.config.limits };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') return sendPreflight(request, response);
    const startedAt = performance.now();
    // Filled as the request becomes known, because a refusal's form depends on the action.
    const exchange: Exchange = { request, response, form: 'text', action: 'unknown' };
    let code = 0;
    let json: string;
    try {
      const result = await this.#run(exchange);
      const envelope = success(result, exchange.form === 'upload' ? 'upload' : 'text');
      code = envelope.code;
      json = stringifyAscii(envelope);
    } catch (error) {
      const refusal = refusalOf(error, exchange.form) ?? this.#internalError(error, exchange);
      code = refusal.code;
      json = failureText(refusal, exchange.form);
    }
    sendEnvelope(response, json);
    if (request.method !== 'GET') discardRest(request, this.#limits.lingerMs);
    this.#deps.onAnswer?.({ action: exchange.action, code, durationMs: performance.now() - startedAt });
  }

  async #run(exchange: Exchange): Promise<object> {
    const { request, response } = exchange;
    const { config, accounts, nonces, clock } = this.#deps;
    if (request.method !== 'GET' && request.method !== 'POST') {
      throw new ApiError(PUBLIC_ERRORS.InvalidParameter, `method ${request.method}: calls are GET or POST`);
    }
    const received = await receive(request, this.#router, this.#limits);
    const { form, handler } = received.route;
    exchange.form = form;
    if (handler === null) throw new ApiError(received.route.code, received.route.message);
    const { action } = handler;
    exchange.action = action.name;

    const codes = stepCodes(form);
    const host = hostOf(request, config.trustProxy);
    checkAddress(request, host, action, config);
    const { common, tree } = readNotation(received, codes);
    const call = { method: request.method, path: received.path, pairs: received.pairs };
    const caller = await identify(accounts, config.signedHosts, { common, call, host, codes });
    const now = clock();
    checkTimestamp(caller, now, config.replayWindowSeconds * 1000, codes);
    if (form === 'text') await refuseReplay(nonces, caller, codes);
    const appId = await this.#application(caller, common, codes);
    this.#quota.take(caller.accountId, action, now);
    const params = parseParams(action, tree);
    if (!params.ok) throw new ApiError(codes.parameters, params.message);

    const body = form === 'upload' ? streamBody(request, this.#limits.uploadIdleMs) : undefined;
    try {
      const call = new HttpCall(appId, now, this.#deps.log, response, body);
      return (await handler.run(params.value, call)) as object;
    } finally {
      body?.destroy();
    }
  }

  async #application(caller: Caller, common: CommonParameters, codes: StepCodes): Promise<string> {
    const appId = await this.#deps.accounts.findApplication(caller.accountId, common.subAppId);
    if (appId !== null) return appId;
    throw new ApiError(codes.common, 'SubAppId is not an application of this account');
  }

  #internalError(error: unknown, { action, request, response }: Exchange): ApiError {
    const requestId = randomUUID();
    // An action that stopped because its client left did what it was asked.
    const isAbort = response.destroyed && error instanceof Error && error.name === 'AbortError';
    // Not the address: it holds the signature and whatever the caller's users wrote.
    const fault = { err: error, requestId, action, method: request.method };
    this.#deps.log[isAbort ? 'debug' : 'error'](fault, 'a call failed');
    return internalError(requestId);
  }
}

function readNotation(
  received: Received,
  codes: StepCodes,
): { common: CommonParameters; tree: ParameterTree } {
  if (received.broken !== null) {
    const name = received.broken.slice(0, 64);
    throw new ApiError(codes.parameters, `${name} must be UTF-8, percent-encoded, without NUL`);
  }
  const split = splitCommon(received.pairs);
  if (!split.ok) throw new ApiError(codes.parameters, split.message);
  return split;
}
