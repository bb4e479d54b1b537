import { Refused } from '../common/refused.ts';
import type { ReadCall } from './protocols/protocol.ts';

const MINUTE_MS = 60_000;

interface Window {
  /** Which minute since the epoch. */
  minute: number;
  calls: number;
  /** Calls of the minute before. */
  before: number;
}

/**
 * Counts calls by account and action. The last minute is estimated from this minute's calls and the matching share of
 * the previous one, so that nobody doubles the limit at a boundary. Counts are this process's own: several API nodes
 * allow several times the limit.
 */
export class Quota {
  readonly #scale: number | null;
  /** bounded by: accounts that have a key, times actions */
  readonly #windows = new Map<string, Window>();

  /** `scale` multiplies the contract's calls a minute; null turns the limits off. */
  constructor(scale: number | null) {
    this.#scale = scale;
  }

  /**
   * Counts a call. Actions without a documented limit have none.
   * @throws Refused `call.quota` when the account is over the action's limit; such a call is not counted.
   */
  take(
    accountId: string,
    { action, rateLimitPerMinute }: Pick<ReadCall, 'action' | 'rateLimitPerMinute'>,
    now: number,
  ): void {
    if (this.#scale === null || rateLimitPerMinute === null) return;
    const limit = Math.max(1, Math.floor(rateLimitPerMinute * this.#scale));
    const window = this.#windowAt(`${accountId} ${action}`, Math.floor(now / MINUTE_MS));
    const shareOfBefore = 1 - (now % MINUTE_MS) / MINUTE_MS;
    if (window.calls + Math.floor(window.before * shareOfBefore) >= limit) {
      throw new Refused('call.quota', `${action} may be called ${limit} times a minute`);
    }
    window.calls++;
  }

  #windowAt(key: string, minute: number): Window {
    const known = this.#windows.get(key);
    if (known?.minute === minute) return known;
    const before = known?.minute === minute - 1 ? known.calls : 0;
    const window = { minute, calls: 0, before };
    this.#windows.set(key, window);
    return window;
  }
}
