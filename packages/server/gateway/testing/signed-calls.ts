import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { KEY } from './open-gateway.ts';

export type Parameters = Record<string, string>;

/** How a call is signed and sent; what is left out is what an ordinary client does. */
export interface Sending {
  port: number;
  method?: string;
  path?: string;
  /** The Host header. */
  host?: string;
  /** The host in the signed string, when it is not the Host header. */
  signedHost?: string;
  secretKey?: string;
  /** Turns the parameters into the string that is signed after `?`. */
  join?: (parameters: Parameters) => string;
  /** Replaces the body of a POST. */
  body?: string | Buffer | null;
  headers?: http.OutgoingHttpHeaders;
  tls?: boolean;
  /** Signature as it is; null leaves it out. */
  signature?: string | null;
  /** Parameters in the query although the method is POST, as upload calls have them. */
  inQuery?: boolean;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The envelope. */
  json: { code: number; message: string; codeDesc?: string; canRetry?: number; [field: string]: unknown };
}

let nonce = 0;

/** The common parameters of a call made now; `action` may be an action's name or all that differs. */
export function callOf(parameters: Parameters, nowMs = Date.now()): Parameters {
  return {
    Nonce: String(++nonce),
    Region: 'gz',
    SecretId: KEY.secretId,
    Timestamp: String(Math.floor(nowMs / 1000)),
    ...parameters,
  };
}

/** Names in byte order with their values, nothing replaced. */
export function joinSorted(parameters: Parameters): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
}

export function encode(parameters: Parameters): string {
  return new URLSearchParams(parameters).toString();
}

export function sign(parameters: Parameters, sending: Omit<Sending, 'port'> & { port?: number }): string {
  const { method = 'GET', path = '/v2/index.php', secretKey = KEY.secretKey, join = joinSorted } = sending;
  const host = sending.signedHost ?? sending.host ?? `127.0.0.1:${sending.port}`;
  const digest = parameters.SignatureMethod === 'HmacSHA256' ? 'sha256' : 'sha1';
  const plain = `${method}${host}${path}?${join(parameters)}`;
  return createHmac(digest, secretKey).update(plain).digest('base64');
}

/** Signs `parameters` and sends them. */
export async function send(sending: Sending, parameters: Parameters): Promise<Answer> {
  const { method = 'GET', path = '/v2/index.php' } = sending;
  const Signature = sending.signature === undefined ? sign(parameters, sending) : sending.signature;
  const text = encode(Signature === null ? parameters : { ...parameters, Signature });
  const inBody = method === 'POST' && !sending.inQuery;
  const body = sending.body ?? (inBody ? text : null);
  return request(
    sending,
    inBody ? path : `${path}?${text}`,
    {
      ...(inBody ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      ...sending.headers,
    },
    body,
  );
}

/** Sends a request as it is. */
export async function request(
  { port, method = 'GET', host = `127.0.0.1:${port}`, tls }: Sending,
  path: string,
  headers: http.OutgoingHttpHeaders = {},
  body: string | Buffer | null = null,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const options = { port, method, path, headers: { Host: host, ...headers }, rejectUnauthorized: false };
  const outgoing = tls ? https.request(options, resolve) : http.request(options, resolve);
  outgoing.on('error', reject);
  outgoing.end(body ?? undefined);
  const response = await promise;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('latin1');
  const json = text === '' ? { code: Number.NaN, message: '' } : (JSON.parse(text) as Answer['json']);
  return { status: response.statusCode ?? 0, headers: response.headers, text, json };
}
