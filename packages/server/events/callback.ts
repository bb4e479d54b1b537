import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Bell } from './bell.ts';
import type { ClaimedEvent, Outbox } from './outbox.ts';
import { post } from './post.ts';

export interface CallbackConfig {
  callbackUrl: string;
  /** How long a receiver may take to answer. */
  callbackTimeoutMs: number;
  /** Sends in total, when the receiver does not answer. */
  callbackAttempts: number;
  /** Pause after the first failed send; each later one is four times as long. */
  callbackBackoffMs: number;
}

/** Sends at a time, per node. */
const PARALLEL = 16;
/** A node that has not finished by then, its time-out included, is taken for dead, and another one sends. */
const LEASE_MARGIN_MS = 10_000;

/**
 * The callback mode of contract/events/_overview.yaml: posts each event to the receiver until it answers, whatever it
 * answers, and gives up after `callbackAttempts`. Runs until `stopped` aborts.
 */
export async function sendCallbacks(deps: {
  outbox: Outbox;
  bell: Bell;
  clock: Clock;
  log: Logger;
  config: CallbackConfig;
  stopped: AbortSignal;
}): Promise<void> {
  const { outbox, bell, clock, log, config, stopped } = deps;
  // The rest of the address may hold what only the receiver should know.
  const receiver = new URL(config.callbackUrl).origin;

  async function send(event: ClaimedEvent): Promise<void> {
    const failure = await post(config.callbackUrl, event.content, config.callbackTimeoutMs, stopped);
    if (failure === null) return outbox.remove(null, [event.id]);
    if (stopped.aborted) return outbox.postpone(event.id, clock());
    const attempt = { event: event.id, receiver, attempt: event.deliveries, failure };
    if (event.deliveries >= config.callbackAttempts) {
      log.error(attempt, 'event callback failed, given up');
      return outbox.remove(null, [event.id]);
    }
    log.warn(attempt, 'event callback failed, will be sent again');
    return outbox.postpone(event.id, clock() + config.callbackBackoffMs * 4 ** (event.deliveries - 1));
  }

  async function sendAll(): Promise<number> {
    const now = clock();
    if (!(await outbox.hasVisible(null, now))) return 0;
    const lease = now + config.callbackTimeoutMs + LEASE_MARGIN_MS;
    const events = await outbox.claim(null, PARALLEL, now, lease);
    await Promise.all(events.map(send));
    return events.length;
  }

  const listener = bell.listener();
  while (!stopped.aborted) {
    const sent = await sendAll().catch((error: unknown) => {
      log.error({ err: error }, 'event callbacks wait for the database');
      return 0;
    });
    if (sent === 0) await listener.pause(Number.POSITIVE_INFINITY, stopped);
  }
}
