import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Bell } from './bell.ts';
import type { ClaimedEvent, Outbox } from './outbox.ts';
import { post } from './post.ts';
import type { Show } from './show.ts';
import type { Delivery, Form } from './types.ts';

export interface CallbackConfig {
  /** How long a receiver may take to answer. */
  callbackTimeoutMs: number;
  /** Sends in total, when the receiver does not answer. */
  callbackAttempts: number;
  /** Pause after the first failed send; each later one is four times as long. */
  callbackBackoffMs: number;
}

/** Sends at a time, per queue and node. */
const PARALLEL = 16;
/** Queues at a time, per node. */
const QUEUES = 32;
/** A node that has not finished by then, its time-out included, is taken for dead, and another one sends. */
const LEASE_MARGIN_MS = 10_000;

/**
 * The callback mode of contract/events/_overview.yaml: posts each event to its receiver until that answers, whatever it
 * answers, and gives up after `callbackAttempts`. No queue waits for the receiver of another. Runs until `stopped` aborts.
 */
export async function sendCallbacks(deps: {
  outbox: Outbox;
  show: Show;
  /** The body that receivers are sent. */
  form: Form<unknown>;
  delivery(appId: string): Promise<Delivery>;
  bell: Bell;
  clock: Clock;
  log: Logger;
  config: CallbackConfig;
  stopped: AbortSignal;
}): Promise<void> {
  const { outbox, show, form, delivery, bell, clock, log, config, stopped } = deps;
  const batches = new Map<string, Promise<void>>();
  let batchEnded = new AbortController();
  let lastBegun = '';

  async function send(queue: string, url: string, event: ClaimedEvent, content: unknown): Promise<void> {
    const failure = await post(url, JSON.stringify(content), config.callbackTimeoutMs, stopped);
    if (failure === null) return outbox.remove(queue, [event.id]);
    if (stopped.aborted) return outbox.postpone(event.id, clock());
    // The rest of the address may hold what only the receiver should know.
    const receiver = new URL(url).origin;
    const attempt = { event: event.id, receiver, attempt: event.deliveries, failure };
    if (event.deliveries >= config.callbackAttempts) {
      log.error(attempt, 'event callback failed, given up');
      return outbox.remove(queue, [event.id]);
    }
    log.warn(attempt, 'event callback failed, will be sent again');
    return outbox.postpone(event.id, clock() + config.callbackBackoffMs * 4 ** (event.deliveries - 1));
  }

  /** Resolves to how many it took. */
  async function sendSome(queue: string, url: string): Promise<number> {
    const now = clock();
    const lease = now + config.callbackTimeoutMs + LEASE_MARGIN_MS;
    const claimed = await outbox.claim(queue, PARALLEL, now, lease);
    const shown = await show(claimed, form);
    await Promise.all(shown.map(({ event, content }) => send(queue, url, event, content)));
    return claimed.length;
  }

  function waitForDatabase(error: unknown): number {
    log.error({ err: error }, 'event callbacks wait for the database');
    return 0;
  }

  function begin(queue: string, url: string): void {
    const batch = sendSome(queue, url)
      .catch(waitForDatabase)
      .then((sent) => {
        batches.delete(queue);
        // There may be more of it.
        if (sent > 0) batchEnded.abort();
      });
    batches.set(queue, batch);
    lastBegun = queue;
  }

  /** Begins with as many queues as may be sent at a time, in turns. */
  async function beginSome(): Promise<void> {
    const queues = await outbox.queues();
    const after = queues.filter((queue) => queue > lastBegun);
    for (const queue of new Set([...after, ...queues])) {
      if (batches.size >= QUEUES) return;
      if (batches.has(queue)) continue;
      const way = await delivery(queue);
      if (way.mode === 'callback' && (await outbox.hasVisible(queue, clock()))) begin(queue, way.url);
    }
  }

  const listener = bell.listener();
  while (!stopped.aborted) {
    batchEnded = new AbortController();
    await beginSome().catch(waitForDatabase);
    await listener.pause(Number.POSITIVE_INFINITY, AbortSignal.any([stopped, batchEnded.signal]));
  }
  await Promise.all(batches.values());
}
