import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import type { Database } from '../database/index.ts';
import { Bell } from './bell.ts';
import { type CallbackConfig, sendCallbacks } from './callback.ts';
import { createOutbox } from './outbox.ts';
import { createQueue, type EventQueue, type QueueConfig } from './queue.ts';
import type { Events } from './types.ts';
import { confirmEvent } from './v2/ConfirmEvent.ts';
import { pullEvent } from './v2/PullEvent.ts';

export type { EventContent, Events, PulledEvent } from './types.ts';

/** Durations in ms. What is left out is as in EVENTS_DEFAULTS. */
export interface EventsConfig extends Partial<QueueConfig>, Partial<CallbackConfig> {
  /** `pull`: events wait for PullEvent. `callback`: they are posted to `callbackUrl`, and PullEvent finds none. */
  mode: 'pull' | 'callback';
  /** Events that nobody fetched are forgotten after this time. */
  retentionMs?: number;
}

/**
 * The documents of version 2 name 5 s, three sends and no more; 30 s, 16 and 4 days are those of the successor API
 * (contract/events/_overview.yaml, openQuestions).
 */
const EVENTS_DEFAULTS = {
  retentionMs: 4 * 24 * 3600_000,
  visibilityMs: 30_000,
  maxPull: 16,
  longPollMs: 5000,
  callbackTimeoutMs: 5000,
  callbackAttempts: 3,
  callbackBackoffMs: 5000,
};

const SWEEP_EVERY_MS = 3600_000;

export interface EventsService extends Events, EventQueue {
  /** Begins to send callbacks and to forget old events. */
  start(): void;
  /** Ends both, and every waiting pull. */
  stop(): Promise<void>;
  /** Makes whoever waits look for events now, e.g. after a commit. Never needed, only quicker. */
  wake(): void;
}

/** Throws when the mode is `callback` and `callbackUrl` is not an http(s) address. */
export function createEvents(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  config: EventsConfig;
}): EventsService {
  const { database, clock, log } = deps;
  const config = { ...EVENTS_DEFAULTS, ...deps.config };
  const callbackUrl = config.mode === 'callback' ? checkUrl(config.callbackUrl) : null;
  const outbox = createOutbox(database);
  const bell = new Bell();
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const queue = createQueue({ outbox, bell, clock, config, stopped });
  let sending: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> = Promise.resolve();
  let sweeper: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    try {
      const forgotten = await outbox.removeOlder(clock() - config.retentionMs);
      if (forgotten > 0) log.warn({ forgotten }, 'events that nobody fetched were forgotten');
    } catch (error) {
      log.error({ err: error }, 'old events could not be removed');
    }
  }

  return {
    ...queue,
    async emit(trx, appId, eventType, data, now) {
      await outbox.add(trx, appId, { version: '4.0', eventType, data }, now);
      bell.ring();
    },
    start() {
      sweeping = sweep();
      sweeper = setInterval(() => {
        sweeping = sweep();
      }, SWEEP_EVERY_MS).unref();
      if (callbackUrl === null) return;
      sending = sendCallbacks({ outbox, bell, clock, log, stopped, config: { ...config, callbackUrl } });
    },
    async stop() {
      clearInterval(sweeper);
      stopping.abort();
      await Promise.all([sending, sweeping]);
    },
    wake: () => bell.ring(),
  };
}

function checkUrl(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error('event callbacks need the http(s) address of their receiver');
  }
  return url;
}

/** Handlers of PullEvent and ConfirmEvent. */
export function eventsActions(deps: { events: EventQueue }): ActionHandler[] {
  return [pullEvent(deps.events), confirmEvent(deps.events)];
}
