import { type IncomingMessage, request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Outbound } from './outbound.ts';

/** How many addresses are walked through, the first one included. */
const MOST_HOPS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What was answered, and by which address in the end. */
export interface Got {
  response: IncomingMessage;
  /** What relative addresses in the answer are relative to. */
  url: string;
}

/** An address, or one that it redirects to, cannot be followed: another try would meet the same. */
export class AddressError extends Error {
  override name = 'AddressError';
}

/** The other side was silent for too long. */
class SilentError extends Error {
  override name = 'SilentError';
}

/**
 * Asks an address that a caller named for what lies there, and follows redirections; each address on the way has to be allowed, and
 * so does what its name resolves to when it is connected to. The body is not decoded: whoever sends it compressed was asked not to.
 * @param idleMs how long nothing may come, neither an answer nor the next piece of its body, ms
 * @throws AddressError for an address that may not be called, and for too many redirections; SilentError; what `node:http` throws
 * when no connection comes about; the signal's reason. The body fails with the same.
 */
export async function get(
  outbound: Outbound,
  url: string,
  { headers = {}, signal, idleMs }: { headers?: Record<string, string>; signal: AbortSignal; idleMs: number },
): Promise<Got> {
  let next = url;
  for (let hop = 1; hop <= MOST_HOPS; hop++) {
    const response = await ask(outbound, next, { headers, signal, idleMs });
    const { location } = response.headers;
    if (!REDIRECTS.has(response.statusCode ?? 0) || location === undefined) return { response, url: next };
    // Its body is nobody's, and may have no end.
    response.destroy();
    if (!URL.canParse(location, next)) throw new AddressError('it redirects to what is no address');
    next = new URL(location, next).href;
  }
  throw new AddressError(`it redirects more than ${MOST_HOPS - 1} times`);
}

function ask(
  outbound: Outbound,
  url: string,
  { headers, signal, idleMs }: { headers: Record<string, string>; signal: AbortSignal; idleMs: number },
): Promise<IncomingMessage> {
  const problem = outbound.problemOf(url);
  if (problem !== null) throw new AddressError(`its address ${problem}`);
  const address = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = address.protocol === 'https:' ? tlsRequest : request;
  const sent = send(address, {
    headers: { 'user-agent': 'OpenVOD', accept: '*/*', 'accept-encoding': 'identity', ...headers },
    agent: outbound.agentFor(address),
    signal,
    timeout: idleMs,
    maxHeaderSize: 64 * 1024,
  });
  sent.on('timeout', () => sent.destroy(new SilentError(`nothing came for ${idleMs / 1000} s`)));
  sent.on('response', resolve);
  sent.on('error', (error: NodeJS.ErrnoException) => {
    const isInside = error.code === 'ADDRESS_NOT_ALLOWED';
    reject(isInside ? new AddressError('its address must be a public address', { cause: error }) : error);
  });
  sent.end();
  return promise;
}
