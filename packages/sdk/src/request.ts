import { randomInt } from 'node:crypto';
import { ACTIONS, type ActionFacts } from './generated/actions.ts';
import { withRetries } from './retry.ts';
import { type Endpoint, send, signedRequest } from './transport.ts';

export interface ClientOptions {
  secretId: string;
  secretKey: string;
  /** Origin of the service. Default `http://127.0.0.1:8620`. */
  url?: string;
  /** Path of the API. Default `/v2/index.php`. */
  path?: string;
  /** How text calls travel. Default POST. */
  method?: 'GET' | 'POST';
  /** Default HmacSHA256. */
  signatureMethod?: 'HmacSHA1' | 'HmacSHA256';
  /** Sent as `Region`, which the service accepts and ignores. Default `gz`. */
  region?: string;
  /** Sub-application to work in. Default: the main one. */
  subAppId?: number;
  /** Time for one attempt, ms. Default 30,000. */
  timeoutMs?: number;
  /** Further attempts after a network fault or an answer that allows it. Default 3. */
  retries?: number;
  /** Replaces the global `fetch`, e.g. for a proxy. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Time for one attempt, ms. */
  timeoutMs?: number;
  retries?: number;
  method?: 'GET' | 'POST';
}

/** Sends one action with retries; `body` is the raw bytes of an upload call. */
export type Requester = (
  action: string,
  params: object,
  options?: CallOptions & { body?: Uint8Array<ArrayBuffer> },
) => Promise<Record<string, unknown>>;

/** Of an action that this SDK does not know: who calls it unchecked repeats it at their own risk. */
const UNKNOWN: ActionFacts = { protocol: 'text', repeatable: true, successCodes: [0] };

/** The one way to the service: signs, sends, repeats. */
export function createRequester(options: ClientOptions): Requester {
  const endpoint: Endpoint = {
    secretId: options.secretId,
    secretKey: options.secretKey,
    url: options.url ?? 'http://127.0.0.1:8620',
    path: options.path ?? '/v2/index.php',
    signatureMethod: options.signatureMethod ?? 'HmacSHA256',
    region: options.region ?? 'gz',
    subAppId: options.subAppId,
  };
  return (action, params, { signal, body, ...callOptions } = {}) => {
    const facts = (ACTIONS as Record<string, ActionFacts>)[action] ?? UNKNOWN;
    const upload = facts.protocol === 'upload';
    const method = callOptions.method ?? options.method ?? 'POST';
    const timeoutMs = callOptions.timeoutMs ?? options.timeoutMs ?? 30_000;
    return withRetries(facts.repeatable, callOptions.retries ?? options.retries ?? 3, signal, () => {
      signal?.throwIfAborted();
      // Signed anew at each attempt: the service takes a signature only once.
      const moment = { timestamp: Math.floor(Date.now() / 1000), nonce: randomInt(1, 2 ** 47) };
      const wire = signedRequest(endpoint, { action, params, method, upload, body }, moment);
      const timeout = AbortSignal.timeout(timeoutMs);
      const attemptSignal = signal ? AbortSignal.any([signal, timeout]) : timeout;
      return send(action, wire, {
        fetch: options.fetch ?? fetch,
        signal: attemptSignal,
        successCodes: facts.successCodes,
      });
    });
  };
}
