import { flatten, type Pair } from '@openvod/contract/v2/notation.ts';
import { plainText, sign } from '@openvod/contract/v2/signature/api-call.ts';
import { OpenVodError, OpenVodNetworkError } from './errors.ts';

/** Where calls go and how they are signed. */
export interface Endpoint {
  secretId: string;
  secretKey: string;
  /** Origin of the service, e.g. `http://127.0.0.1:8620`. */
  url: string;
  /** Path of the API. */
  path: string;
  signatureMethod: 'HmacSHA1' | 'HmacSHA256';
  region: string;
  /** Sub-application; undefined is the main application. */
  subAppId: number | undefined;
}

export interface WireRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** What makes two calls differ: pure callers pass their own. */
export interface Moment {
  /** Unix seconds. */
  timestamp: number;
  nonce: number;
}

/**
 * A signed request (docs/wire/calls.md, Signature). Text calls carry parameters in the query (GET) or the form (POST);
 * upload calls always in the query, because their body is file bytes.
 */
export function signedRequest(
  endpoint: Endpoint,
  call: {
    action: string;
    params: object;
    method: 'GET' | 'POST';
    upload: boolean;
    body?: Uint8Array<ArrayBuffer>;
  },
  moment: Moment,
): WireRequest {
  const method = call.upload ? 'POST' : call.method;
  const pairs: Pair[] = [
    ['Action', call.action],
    ['Nonce', String(moment.nonce)],
    ['Region', endpoint.region],
    ['RequestClient', 'openvod_sdk_0.1.0'],
    ['SecretId', endpoint.secretId],
    ['SignatureMethod', endpoint.signatureMethod],
    ...(endpoint.subAppId === undefined ? [] : ([['SubAppId', String(endpoint.subAppId)]] as Pair[])),
    ['Timestamp', String(moment.timestamp)],
    ...flatten(call.params),
  ];
  const plain = plainText(new URL(endpoint.url).host, { method, path: endpoint.path, pairs });
  const signature = sign(endpoint.secretKey, plain, endpoint.signatureMethod);
  const encoded = encodeForm([...pairs, ['Signature', signature]]);
  const address = `${endpoint.url.replace(/\/+$/, '')}${endpoint.path}`;
  if (method === 'GET') return { url: `${address}?${encoded}`, method, headers: {}, body: undefined };
  if (!call.upload) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { url: address, method, headers, body: encoded };
  }
  const headers = { 'content-type': 'application/octet-stream' };
  return { url: `${address}?${encoded}`, method, headers, body: call.body ?? new Uint8Array() };
}

function encodeForm(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** Errors of a connection that was never made, by Node's code. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
]);

/** Errors of a service that is being restarted, or of the way to it. */
const AWAY = new Set([
  ...NEVER_SENT,
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
]);

/** A certificate that is not trusted, not of this host, or out of date. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/;

/** An answer that is not the API's, whose answers all have status 200. */
class StatusError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`HTTP status ${status}: ${text.slice(0, 200)}`);
    this.status = status;
  }
}

function kindOf(error: unknown, code: string): OpenVodNetworkError['kind'] {
  if (error instanceof StatusError) {
    if ([502, 503, 504].includes(error.status)) return 'away';
    return error.status < 500 && ![408, 429].includes(error.status) ? 'lasting' : 'unclear';
  }
  if (AWAY.has(code)) return 'away';
  return CERTIFICATE.test(code) ? 'lasting' : 'unclear';
}

/**
 * Sends a request and returns the answer's fields. A code that does not mean success throws OpenVodError; everything without a usable answer throws OpenVodNetworkError.
 */
export async function send(
  action: string,
  request: WireRequest,
  options: { fetch: typeof fetch; signal: AbortSignal; successCodes: readonly number[] },
): Promise<Record<string, unknown>> {
  let answer: unknown;
  try {
    const { url, method, headers, body } = request;
    const response = await options.fetch(url, {
      method,
      headers,
      body,
      signal: options.signal,
      redirect: 'manual',
    });
    const text = await response.text();
    if (response.status !== 200) throw new StatusError(response.status, text);
    answer = JSON.parse(text);
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    const reason = cause?.code ?? cause?.message ?? (error as Error).message;
    throw new OpenVodNetworkError(action, `no usable answer from ${new URL(request.url).origin}: ${reason}`, {
      neverSent: NEVER_SENT.has(cause?.code ?? ''),
      kind: kindOf(error, cause?.code ?? ''),
      cause: error,
    });
  }
  if (
    typeof answer !== 'object' ||
    answer === null ||
    typeof (answer as { code?: unknown }).code !== 'number'
  ) {
    throw new OpenVodNetworkError(action, 'the answer is not of this API');
  }
  const envelope = answer as Record<string, unknown> & { code: number };
  if (!options.successCodes.includes(envelope.code)) throw new OpenVodError(action, envelope);
  return envelope;
}
