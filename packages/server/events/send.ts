import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Outbound } from '../common/outbound/outbound.ts';
import type { ClaimedEvent, Outbox } from './outbox.ts';
import { post } from './post.ts';

export interface CallbackConfig {
  /** How long a receiver may take to answer. */
  callbackTimeoutMs: number;
  /** Sends in total, when the receiver does not answer. */
  callbackAttempts: number;
  /** Pause after the first failed send; each later one is four times as long. */
  callbackBackoffMs: number;
}

export interface Receiver {
  url: string;
  /** Named by the operator; what a caller named must be public. */
  isTrusted: boolean;
}

/**
 * The normal callback of docs/wire/events.md: the returned function posts an event once. An answer, whatever it is,
 * removes the event; without one it is sent again later, and given up after `callbackAttempts`.
 */
export function createSender(deps: {
  outbox: Outbox;
  outbound: Outbound;
  clock: Clock;
  log: Logger;
  config: CallbackConfig;
  stopped: AbortSignal;
}): (queue: string, event: ClaimedEvent, receiver: Receiver, content: unknown) => Promise<void> {
  const { outbox, outbound, clock, log, config, stopped } = deps;

  /** Resolves to why the receiver did not answer; null when it did. */
  async function tryToSend({ url, isTrusted }: Receiver, json: string): Promise<string | null> {
    const options = { timeoutMs: config.callbackTimeoutMs, signal: stopped };
    if (isTrusted) return post(url, json, options);
    return outbound.problemOf(url) ?? post(url, json, { ...options, agent: outbound.agentFor(new URL(url)) });
  }

  return async (queue, event, receiver, content) => {
    const failure = await tryToSend(receiver, JSON.stringify(content));
    if (failure === null) return outbox.remove(queue, [event.id]);
    if (stopped.aborted) return outbox.postpone(event.id, clock());
    // The rest of the address may hold what only the receiver should know.
    const { origin } = new URL(receiver.url);
    const attempt = { event: event.id, receiver: origin, attempt: event.deliveries, failure };
    if (event.deliveries >= config.callbackAttempts) {
      log.error(attempt, 'event callback failed, given up');
      return outbox.remove(queue, [event.id]);
    }
    log.warn(attempt, 'event callback failed, will be sent again');
    return outbox.postpone(event.id, clock() + config.callbackBackoffMs * 4 ** (event.deliveries - 1));
  };
}
