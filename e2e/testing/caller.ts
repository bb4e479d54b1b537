import { createHmac, randomInt } from 'node:crypto';

export const KEYS = { secretId: 'AKIDe2e00000000000000000000000', secretKey: 'only-for-end-to-end-tests' };

/** Parameters under their names on the wire, e.g. `tags.0`. */
export type Params = Record<string, string | number>;

/** The envelope with the fields of the result beside it. */
// biome-ignore lint/suspicious/noExplicitAny: answers are checked by value
export type Answer = Record<string, any> & { code: number; message: string };

/**
 * Signs by hand, so that the service is not tested against its own arithmetic (docs/wire/calls.md, Signature):
 * HMAC over method, host, path and the sorted parameters as they are, then everything percent-encoded.
 */
export function signedQuery(
  { method, host, path }: { method: string; host: string; path: string },
  params: Params,
  keys = KEYS,
): string {
  const all: Params = {
    Nonce: randomInt(1, 2 ** 47),
    Region: 'gz',
    SecretId: keys.secretId,
    Timestamp: Math.floor(Date.now() / 1000),
    ...params,
  };
  const names = Object.keys(all).sort();
  const joined = names.map((name) => `${name.replaceAll('_', '.')}=${all[name]}`).join('&');
  const hmac = createHmac(all.SignatureMethod === 'HmacSHA256' ? 'sha256' : 'sha1', keys.secretKey);
  all.Signature = hmac.update(`${method}${host}${path}?${joined}`).digest('base64');
  return Object.entries(all)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Sends signed calls to one origin. Rejects when no JSON comes back with status 200. */
export interface Caller {
  (action: string, params?: Params, options?: { method?: 'GET' | 'POST' }): Promise<Answer>;
  /** An upload call: parameters in the query, `body` as raw bytes. */
  upload(action: string, params: Params, body?: Uint8Array<ArrayBuffer>): Promise<Answer>;
}

export function createCaller(origin: string, keys = KEYS): Caller {
  const path = '/v2/index.php';
  const { host } = new URL(origin);

  const call = async (action: string, params: Params = {}, { method = 'POST' as 'GET' | 'POST' } = {}) => {
    const query = signedQuery({ method, host, path }, { Action: action, ...params }, keys);
    if (method === 'GET') return answerOf(await fetch(`${origin}${path}?${query}`));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return answerOf(await fetch(`${origin}${path}`, { method, headers, body: query }));
  };
  const upload: Caller['upload'] = async (action, params, body = new Uint8Array()) => {
    const query = signedQuery({ method: 'POST', host, path }, { Action: action, ...params }, keys);
    return answerOf(await fetch(`${origin}${path}?${query}`, { method: 'POST', body }));
  };
  return Object.assign(call, { upload });
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text) as Answer;
}
