import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Accounts } from '../accounts/index.ts';
import { TurnBudget } from '../common/bounds/turn-budget.ts';
import type { Clock } from '../common/clocks/clock.ts';
import { Refused } from '../common/faults/refused.ts';
import type { Logger } from '../common/log.ts';
import { discardRest, sendAnswer, sendPreflight } from './answer.ts';
import { HttpCall } from './call.ts';
import { type GatewayConfig, LIMITS } from './config.ts';
import { readHead } from './head.ts';
import { leaveUnread, streamBody } from './parameters/body.ts';
import type { Answer, Caller, Protocol, ReadCall } from './protocols/protocol.ts';
import { Quota } from './quota.ts';
import { refusalOf } from './refusal-of.ts';
import { checkTimestamp, refuseReplay } from './replay/replay.ts';
import type { NonceStore } from './replay/store.ts';
import { requestIds } from './request-ids.ts';

/** Beginning a call with a body costs about as much time as so many bytes. */
const CALL_BYTES = 64 * 1024;

/** For metrics: one answer. `action` is a name of the contract or `unknown`, never a client's text. */
export interface Answered {
  action: string;
  code: number;
  durationMs: number;
}

export interface PipelineDeps {
  accounts: Accounts;
  nonces: NonceStore;
  /** The first that claims a request answers it; the last must claim every one. */
  protocols: readonly Protocol[];
  /** Why no call can be answered truly now, in words for the caller; null when they can. */
  outOfService?: () => string | null;
  config: GatewayConfig;
  clock: Clock;
  log: Logger;
  /** Calls a second that an application may make; null for any number, and so when it is left out. */
  callQuota?: (appId: string) => Promise<number | null>;
  onAnswer?: (answered: Answered) => void;
  /** Has a function called for each connection that is opened. */
  onConnection?: (came: () => void) => void;
}

/** One call, filled as it becomes known: how a refusal looks depends on it. */
interface Exchange {
  id: string;
  request: IncomingMessage;
  response: ServerResponse;
  protocol: Protocol;
  call: ReadCall | null;
  /** The action has begun. */
  begun: boolean;
}

/** Limits → read → who → replay → quota → action → answer. Answers every request, whatever is in it. */
export class Pipeline {
  readonly #deps: PipelineDeps;
  readonly #quota: Quota;
  readonly #limits: typeof LIMITS;
  readonly #turn: TurnBudget;
  readonly #nextId = requestIds();

  constructor(deps: PipelineDeps) {
    this.#deps = deps;
    this.#quota = new Quota(deps.config.rateLimit);
    this.#limits = { ...LIMITS, ...deps.config.limits };
    this.#turn = new TurnBudget(this.#limits.turnBytes);
    deps.onConnection?.(() => this.#turn.came());
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') return sendPreflight(request, response);
    const startedAt = performance.now();
    const protocol = this.#deps.protocols.at(-1)!;
    const exchange: Exchange = { id: this.#nextId(), request, response, protocol, call: null, begun: false };
    let answer: Answer;
    try {
      const result = await this.#run(exchange);
      answer = exchange.protocol.answer(result);
    } catch (error) {
      answer = this.#refuse(exchange, error);
    }
    sendAnswer(response, answer.json, exchange.id);
    discardRest(request, this.#limits.lingerMs);
    const action = exchange.call?.action ?? 'unknown';
    this.#deps.onAnswer?.({ action, code: answer.code, durationMs: performance.now() - startedAt });
  }

  async #run(exchange: Exchange): Promise<object> {
    const { request, response } = exchange;
    const { config, accounts, protocols, clock, callQuota } = this.#deps;
    const head = readHead(request, config.trustProxy);
    const protocol = protocols.find((one) => one.claims(head))!;
    exchange.protocol = protocol;
    const othersFirst = protocol.streams ? this.#turn.ask(CALL_BYTES) : undefined;
    if (othersFirst) {
      leaveUnread(request);
      await othersFirst;
    }
    const call = await protocol.read(head);
    exchange.call = call;
    const reason = this.#deps.outOfService?.() ?? null;
    if (reason !== null) throw new Refused('service.away', reason);
    const caller = await protocol.prove(call, accounts);
    const now = clock();
    checkTimestamp(caller, now, config.replayWindowSeconds * 1000);
    if (!protocol.repeatable) await refuseReplay(this.#deps.nonces, caller);
    const appId = await this.#application(caller, call);
    accounts.noteUse(caller.secretId, now);
    if (callQuota) this.#quota.takeOf(appId, await callQuota(appId), now);
    this.#quota.take(caller.accountId, call, now);
    const body = protocol.streams ? streamBody(request, this.#limits.uploadIdleMs, this.#turn) : undefined;
    exchange.begun = true;
    try {
      return await call.run(new HttpCall(appId, now, this.#deps.log, response, body));
    } finally {
      body?.destroy();
    }
  }

  async #application({ keyAppId }: Caller, { application }: ReadCall): Promise<string> {
    const appId = await this.#deps.accounts.findApplication(keyAppId, application);
    if (appId !== null) return appId;
    throw new Refused('call.common', 'SubAppId is not an application of this account');
  }

  /** Says no in the protocol's form, and to the log why: an operator finds it by the answer's request id. */
  #refuse({ id, request, response, protocol, call, begun }: Exchange, error: unknown): Answer {
    // Not the address: it holds the signature and whatever the caller's users wrote.
    const about = { requestId: id, action: call?.action ?? 'unknown', method: request.method };
    const refused = refusalOf(error, begun);
    if (refused) {
      const answer = protocol.refuse(refused, call);
      const { kind, field, message: reason, cause } = refused;
      const behind = cause instanceof Error ? cause.message : undefined;
      const why = { protocol: protocol.name, code: answer.code, kind, field, reason, cause: behind };
      this.#deps.log.debug({ ...about, ...why }, 'refused');
      return answer;
    }
    // An action that stopped because its client left did what it was asked.
    const isAbort = response.destroyed && error instanceof Error && error.name === 'AbortError';
    this.#deps.log[isAbort ? 'debug' : 'error']({ err: error, ...about }, 'a call failed');
    return protocol.refuse(
      new Refused('service.fault', `internal error; the server's log knows more under ${id}`),
      call,
    );
  }
}
