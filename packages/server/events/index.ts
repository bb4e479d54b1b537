import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clocks/clock.ts';
import { watchClock } from '../common/clocks/clock-watch.ts';
import type { Logger } from '../common/log.ts';
import type { Outbound } from '../common/outbound/outbound.ts';
import type { EventViews } from '../common/v2/event-view.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import { type Database, faultLevel } from '../database/index.ts';
import { Bell } from './bell.ts';
import { LEASE_MARGIN_MS, sendCallbacks } from './callback.ts';
import { type EventCensus, eventCensus } from './census.ts';
import { createOutbox } from './outbox.ts';
import { createQueue, type QueueConfig } from './queue.ts';
import { queueOf, taskQueueOf } from './queues.ts';
import type { CallbackConfig } from './send.ts';
import { createShow } from './show.ts';
import type { Delivery, Events } from './types.ts';
import * as handlers from './v2/all.ts';
import { envelopeForm } from './v2/envelope.ts';
import type { V2Events } from './v2/types.ts';

export type { Delivery, EventOf, Events } from './types.ts';

/** Durations in ms. What is left out is as in EVENTS_DEFAULTS. */
export interface EventsConfig extends QueueConfig, CallbackConfig {
  /** Events that nobody fetched are forgotten after this time. */
  retentionMs: number;
}

/**
 * The documents of version 2 name 5 s, three sends and no more; 30 s, 16 and 4 days are those of the successor API
 * (docs/wire/events.md, Delivery).
 */
const EVENTS_DEFAULTS: EventsConfig = {
  retentionMs: 4 * 24 * 3600_000,
  visibilityMs: 30_000,
  maxPull: 16,
  longPollMs: 5000,
  callbackTimeoutMs: 5000,
  callbackAttempts: 3,
  callbackBackoffMs: 5000,
};

const SWEEP_EVERY_MS = 3600_000;

export interface EventsDeps<E> {
  database: Database;
  clock: Clock;
  /** What decides that an event is old; `clock` when left out. */
  ageClock?: Clock;
  log: Logger;
  addresses: Addresses;
  /** How an application gets its events now; asked again and again, so it should answer from memory. */
  delivery(appId: string): Promise<Delivery>;
  /** How version 2 shows each type of event. */
  v2Views: EventViews<E>;
  /** How addresses that callers gave are reached. */
  outbound: Outbound;
  /** Whether this node posts callbacks; one that only works need not know the public address. */
  sends: boolean;
  config?: Partial<EventsConfig>;
}

export interface EventsRoom<E> extends Events<E>, V2Events {
  v2: ActionHandler[];
  /** For operators; to be asked rarely. */
  census(): Promise<EventCensus>;
  /** Begins to send callbacks and to forget old events. */
  start(): void;
  /** Ends both, and every waiting pull. */
  stop(): Promise<void>;
}

/** Events of the types `E`, which follow from the views: whoever emits another type does not compile. */
export function createEvents<E>(deps: EventsDeps<E>): EventsRoom<E> {
  const { database, ageClock = deps.clock, log, delivery } = deps;
  const watched = watchClock(deps.clock, clockWentBack);
  const clock = watched.now;
  const config = { ...EVENTS_DEFAULTS, ...deps.config };
  const outbox = createOutbox(database);
  const show = createShow({ outbox, log });
  const form = envelopeForm(deps.v2Views, { addresses: deps.addresses });
  const bell = new Bell();
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const waits = async (appId: string) => (await delivery(appId)).mode === 'pull';
  const queue = createQueue({ outbox, show, bell, clock, config, waits, stopped });
  let sending: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> = Promise.resolve();
  let sweeper: NodeJS.Timeout | undefined;

  /** What was hidden before the clock went back, or by a node whose clock is ahead. */
  async function bringBack(): Promise<void> {
    const found = await outbox.bringBack(clock(), longestHiddenMs(config));
    if (found === 0) return;
    log.warn(
      { events: found },
      'events were hidden until a time that no clock should have had; they are visible again',
    );
    bell.ring();
  }

  function clockWentBack(ms: number): void {
    log.warn({ ms }, 'the clock went back');
    sweeping = sweeping.then(bringBack).catch((error) => {
      log[faultLevel(error)]({ err: error }, 'hidden events stay so until the next sweep');
    });
  }

  async function sweep(): Promise<void> {
    try {
      await bringBack();
      const forgotten = await outbox.removeOlder(ageClock() - config.retentionMs);
      if (forgotten > 0) log.warn({ forgotten }, 'events that nobody fetched were forgotten');
    } catch (error) {
      log[faultLevel(error)]({ err: error }, 'old events could not be removed');
    }
  }

  async function takeBackAndSweep(): Promise<void> {
    try {
      await outbox.takeBack(clock());
    } catch (error) {
      log[faultLevel(error)]({ err: error }, 'events that were set aside stay so');
    }
    await sweep();
  }

  const reading: V2Events = {
    pull: (appId, options) => queue.pull(appId, form, options),
    confirm: queue.confirm,
  };
  return {
    ...reading,
    v2: handlersOf(handlers, { events: reading }),
    census: () => eventCensus(database.db),
    async emit(trx, appId, event, now, { notifyUrl } = {}) {
      const record = { type: String(event.type), payload: event.payload };
      await outbox.add(trx, queueOf(appId), record, now);
      if (notifyUrl !== undefined) await outbox.add(trx, taskQueueOf(appId), record, now, notifyUrl);
      bell.ring();
    },
    start() {
      sweeping = takeBackAndSweep();
      sweeper = setInterval(() => {
        sweeping = sweep();
      }, SWEEP_EVERY_MS).unref();
      watched.start();
      if (!deps.sends) return;
      sending = sendCallbacks({ ...deps, clock, outbox, show, form, bell, stopped, config });
    },
    async stop() {
      clearInterval(sweeper);
      watched.stop();
      stopping.abort();
      await Promise.all([sending, sweeping]);
    },
  };
}

/** Between reading the clock and looking at the events another may be hidden, and nodes' clocks are a little apart, ms. */
const CLOCKS_APART_MS = 5000;

/** For how long an event can be hidden: pulled, being sent, or waiting to be sent again. */
function longestHiddenMs(config: EventsConfig): number {
  const longestBackoff = config.callbackBackoffMs * 4 ** Math.max(0, config.callbackAttempts - 2);
  const longest = Math.max(config.visibilityMs, config.callbackTimeoutMs + LEASE_MARGIN_MS, longestBackoff);
  return longest + CLOCKS_APART_MS;
}
