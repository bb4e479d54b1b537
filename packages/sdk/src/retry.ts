import { setTimeout as sleep } from 'node:timers/promises';
import { OpenVodError, OpenVodNetworkError } from './errors.ts';

/** 4400: too many calls in this minute. 6200: the service is away for now. Neither did anything. */
const NOTHING_DONE: readonly number[] = [4400, 6200];

/** Whether sending the call again can help and cannot harm. */
function mayRetry(repeatable: boolean, error: unknown): boolean {
  if (error instanceof OpenVodError) return error.canRetry || NOTHING_DONE.includes(error.code);
  if (error instanceof OpenVodNetworkError) {
    return error.kind !== 'lasting' && (error.neverSent || repeatable);
  }
  return false;
}

/** Milliseconds before attempt `attempt` (1 is the first repeat): doubling from 200 to 10,000, half of it random. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(10_000, 200 * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random();
}

/**
 * Runs `attempt` up to `retries` more times while `mayRetry` agrees; aborts at once with the signal's reason.
 * @param repeatable whether a call that may have arrived can be sent again
 */
export async function withRetries<T>(
  repeatable: boolean,
  retries: number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let repeat = 1; ; repeat++) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (repeat > retries || !mayRetry(repeatable, error)) throw error;
      await sleep(backOffMs(repeat), undefined, { signal });
    }
  }
}
