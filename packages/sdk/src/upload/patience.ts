import { setTimeout as sleep } from 'node:timers/promises';
import { OpenVodError, OpenVodNetworkError } from '../errors.ts';
import type { Requester } from '../request.ts';
import { backOffMs } from '../retry.ts';

/** The service does not answer and is asked again. */
export interface Waiting {
  /** What it looks like from here. */
  reason: string;
  /** How long it will still be tried, ms. */
  forMs: number;
}

/** A restart takes seconds, and one below a service manager that waits before it, longer; ms. */
const PATIENCE_MS = 60_000;

/** -10004 with `canRetry`: what the service needs itself is away or full. 6200: the same, of ordinary calls. */
const SERVICE_AWAY: readonly number[] = [-10004, 6200];

/**
 * A requester that waits out a restart of the service, counted from the last answer that any of its calls had. What no waiting
 * changes is thrown at once: also a service that cannot be found at all and never answered.
 * @param onWaiting told at each attempt that failed, and with null as soon as the service answers again
 */
export function patient(
  request: Requester,
  onWaiting: (waiting: Waiting | null) => void,
  patienceMs: number = PATIENCE_MS,
): Requester {
  let answered = false;
  let silentSince: number | null = null;

  const heard = () => {
    answered = true;
    if (silentSince === null) return;
    silentSince = null;
    onWaiting(null);
  };

  return async (action, params, options = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await request(action, params, options);
        heard();
        return answer;
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!isAway(error, answered)) {
          if (error instanceof OpenVodError) heard();
          throw error;
        }
        silentSince ??= performance.now();
        const forMs = patienceMs - (performance.now() - silentSince);
        if (forMs <= 0) throw error;
        onWaiting({ reason: (error as Error).message, forMs });
        await sleep(Math.min(forMs, backOffMs(attempt)), undefined, { signal: options.signal });
      }
    }
  };
}

function isAway(error: unknown, answered: boolean): boolean {
  if (error instanceof OpenVodError)
    return SERVICE_AWAY.includes(error.code) && (error.canRetry || error.code > 0);
  if (!(error instanceof OpenVodNetworkError) || error.kind !== 'away') return false;
  // The name of a container is gone while it is restarted; one that was never there is a typing mistake.
  const isUnknownHost = /ENOTFOUND/.test(error.message);
  return answered || !isUnknownHost;
}
