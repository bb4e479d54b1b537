import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Outbound } from '../common/outbound/outbound.ts';
import { faultLevel } from '../database/index.ts';
import type { Bell } from './bell.ts';
import type { ClaimedEvent, Outbox } from './outbox.ts';
import { readQueue } from './queues.ts';
import { type CallbackConfig, createSender, type Receiver } from './send.ts';
import type { Show } from './show.ts';
import type { Delivery, Form } from './types.ts';

type ReceiverOf = (event: ClaimedEvent) => Receiver;

/** Sends at a time, per queue and node. */
const PARALLEL = 16;
/** Queues at a time, per node. */
const QUEUES = 32;
/** A node that has not finished by then, its time-out included, is taken for dead, and another one sends. */
export const LEASE_MARGIN_MS = 10_000;

/**
 * Posts the events of all applications that are called back, and of all tasks with an address of their own. No queue waits
 * for the receivers of another. Runs until `stopped` aborts.
 */
export async function sendCallbacks(deps: {
  outbox: Outbox;
  show: Show;
  /** The body that receivers are sent. */
  form: Form<unknown>;
  delivery(appId: string): Promise<Delivery>;
  outbound: Outbound;
  bell: Bell;
  clock: Clock;
  log: Logger;
  config: CallbackConfig;
  stopped: AbortSignal;
}): Promise<void> {
  const { outbox, show, form, delivery, bell, clock, log, config, stopped } = deps;
  const send = createSender(deps);
  // bounded by: QUEUES
  const batches = new Map<string, Promise<void>>();
  let batchEnded = new AbortController();
  let lastBegun = '';

  /** Resolves to how many it took. */
  async function sendSome(queue: string, receiverOf: ReceiverOf): Promise<number> {
    const now = clock();
    const lease = now + config.callbackTimeoutMs + LEASE_MARGIN_MS;
    const claimed = await outbox.claim(queue, PARALLEL, now, lease);
    const shown = await show(claimed, form);
    await Promise.all(shown.map(({ event, content }) => send(queue, event, receiverOf(event), content)));
    return claimed.length;
  }

  function waitForDatabase(error: unknown): number {
    log[faultLevel(error)]({ err: error }, 'event callbacks wait for the database');
    return 0;
  }

  function begin(queue: string, receiverOf: ReceiverOf): void {
    const batch = sendSome(queue, receiverOf)
      .catch(waitForDatabase)
      .then((sent) => {
        batches.delete(queue);
        // There may be more of it.
        if (sent > 0) batchEnded.abort();
      });
    batches.set(queue, batch);
    lastBegun = queue;
  }

  /** Where the events of a queue go; null when they wait to be pulled. */
  async function receiversOf(queue: string): Promise<ReceiverOf | null> {
    const { appId, isTasks } = readQueue(queue);
    if (isTasks) return ({ notifyUrl }) => ({ url: notifyUrl ?? '', isTrusted: false });
    const way = await delivery(appId);
    return way.mode === 'callback' ? () => ({ url: way.url, isTrusted: true }) : null;
  }

  /** Begins with as many queues as may be sent at a time, in turns. */
  async function beginSome(): Promise<void> {
    const queues = await outbox.queues();
    const after = queues.filter((queue) => queue > lastBegun);
    for (const queue of new Set([...after, ...queues])) {
      if (batches.size >= QUEUES) return;
      if (batches.has(queue)) continue;
      const receiverOf = await receiversOf(queue);
      if (receiverOf && (await outbox.hasVisible(queue, clock()))) begin(queue, receiverOf);
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
