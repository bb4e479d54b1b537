import { Refused } from '../common/faults/refused.ts';
import type { ReadCall } from './protocols/protocol.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

interface Window {
  /** Which span of time since the epoch. */
  span: number;
  calls: number;
  /** Calls of the span before. */
  before: number;
}

/**
 * Counts calls by account and action a minute, and by application a second. Counts are this process's own: several API nodes
 * allow several times the limit. They are kept by what exists (applications, actions), never by what a caller writes.
 */
export class Quota {
  readonly #scale: number | null;
  readonly #minutes = new Windows(MINUTE_MS);
  readonly #seconds = new Windows(SECOND_MS);

  /** `scale` multiplies the contract's calls a minute; null turns these limits off. */
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
    if (this.#minutes.take(`${accountId} ${action}`, limit, now)) return;
    throw new Refused('call.quota', `${action} may be called ${limit} times a minute`);
  }

  /**
   * Counts a call of an application, whatever the action.
   * @param limit calls a second; null for any number
   * @throws Refused `call.quota` when the application is over it; such a call is not counted.
   */
  takeOf(appId: string, limit: number | null, now: number): void {
    if (limit === null || this.#seconds.take(appId, limit, now)) return;
    throw new Refused('call.quota', `application ${appId} may make ${limit} calls a second`);
  }
}

/**
 * Counts in windows of one length. The last one is estimated from this window's calls and the matching share of the one before,
 * so that nobody doubles the limit at a boundary.
 */
class Windows {
  readonly #spanMs: number;
  /** bounded by: accounts that have a key, times actions; applications */
  readonly #windows = new Map<string, Window>();

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Counts one; false, and not counted, over the limit. */
  take(key: string, limit: number, now: number): boolean {
    const window = this.#at(key, Math.floor(now / this.#spanMs));
    const shareOfBefore = 1 - (now % this.#spanMs) / this.#spanMs;
    if (window.calls + Math.floor(window.before * shareOfBefore) >= limit) return false;
    window.calls++;
    return true;
  }

  #at(key: string, span: number): Window {
    const known = this.#windows.get(key);
    if (known?.span === span) return known;
    const before = known?.span === span - 1 ? known.calls : 0;
    const window = { span, calls: 0, before };
    this.#windows.set(key, window);
    return window;
  }
}
