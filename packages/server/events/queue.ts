import type { Clock } from '../common/clocks/clock.ts';
import { Refused } from '../common/faults/refused.ts';
import type { Bell } from './bell.ts';
import type { Outbox } from './outbox.ts';
import { queueOf } from './queues.ts';
import type { Show } from './show.ts';
import type { Form, PulledEvent } from './types.ts';

export interface QueueConfig {
  /** How long a pulled event may stay unconfirmed before it is handed out again. */
  visibilityMs: number;
  /** Most events of one pull. */
  maxPull: number;
  /** How long a pull waits for an event. */
  longPollMs: number;
}

/** The reliable callback of docs/wire/events.md: one queue an application, at least once. */
export interface EventQueue {
  /** Events at once when there are some, else the first to come, else none after `longPollMs` or when aborted. */
  pull<T>(appId: string, form: Form<T>, options: { signal: AbortSignal }): Promise<PulledEvent<T>[]>;
  /**
   * Forgets these events. A handle of an event that is confirmed or forgotten already changes nothing, and one that
   * comes late, after the event was handed out again, still confirms it: the client has dealt with it either way.
   * @throws Refused `parameter.refused` when one is not a handle; then none is confirmed
   */
  confirm(appId: string, handles: readonly string[]): Promise<void>;
}

export function createQueue(deps: {
  outbox: Outbox;
  show: Show;
  bell: Bell;
  clock: Clock;
  config: QueueConfig;
  /** Whether an application's events wait for pulls; those of others are none of this queue's business. */
  waits(appId: string): Promise<boolean>;
  /** Aborted when the service ends. */
  stopped: AbortSignal;
}): EventQueue {
  const { outbox, show, bell, clock, config, waits, stopped } = deps;

  /** Goes on where none of those that were claimed could be shown. */
  async function take<T>(appId: string, form: Form<T>): Promise<PulledEvent<T>[]> {
    if (!(await waits(appId))) return [];
    const queue = queueOf(appId);
    for (;;) {
      const now = clock();
      const claimed = await outbox.claim(queue, config.maxPull, now, now + config.visibilityMs);
      const shown = await show(claimed, form);
      if (shown.length > 0 || claimed.length === 0) {
        return shown.map(({ event, content }) => ({ handle: event.id, content }));
      }
    }
  }

  return {
    async pull(appId, form, options) {
      const signal = AbortSignal.any([options.signal, stopped]);
      const listener = bell.listener();
      const deadline = performance.now() + config.longPollMs;
      while (!signal.aborted) {
        const events = await take(appId, form);
        const left = deadline - performance.now();
        if (events.length > 0 || left <= 0) return events;
        await listener.pause(left, signal);
      }
      return [];
    },

    async confirm(appId, handles) {
      const malformed = handles.findIndex((handle) => !/^\d{19}$/.test(handle));
      if (malformed >= 0) {
        const message = `number ${malformed + 1} is not a handle; none of them was confirmed`;
        throw new Refused('parameter.refused', message, { field: 'handles' });
      }
      await outbox.remove(queueOf(appId), handles);
    },
  };
}
