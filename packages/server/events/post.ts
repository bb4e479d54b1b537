import { type Agent, request } from 'node:http';
import { request as tlsRequest } from 'node:https';

/**
 * Posts JSON and waits for an answer, of which neither status nor body matters (docs/wire/events.md,
 * Delivery); redirections are not followed. Resolves to null, or to a word on why no answer came.
 * @param agent what connects; Node's own when left out
 */
export function post(
  url: string,
  json: string,
  { timeoutMs, signal, agent }: { timeoutMs: number; signal: AbortSignal; agent?: Agent | undefined },
): Promise<string | null> {
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    const fail = (error: unknown) => {
      // Only the code: messages can repeat the address.
      const { code } = error as { code?: unknown };
      resolve(timeout.aborted ? `no answer in ${timeoutMs} ms` : String(code ?? 'connection failed'));
    };
    try {
      const address = new URL(url);
      const post = address.protocol === 'https:' ? tlsRequest : request;
      const sent = post(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) },
        signal: AbortSignal.any([timeout, signal]),
        agent,
      });
      sent.on('response', (response) => {
        resolve(null);
        // Not read: a receiver could send without end.
        response.destroy();
      });
      sent.on('error', fail);
      sent.end(json);
    } catch (error) {
      fail(error);
    }
  });
}
