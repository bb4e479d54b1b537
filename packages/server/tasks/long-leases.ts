import { Unchanged } from '../common/clocks/unchanged.ts';
import type { Lease } from './state.ts';
import { LONGEST_LEASE_MS } from './state.ts';

/** A holder that lives renews its lease each second when the clock went back: several chances, ms. */
const PATIENCE_MS = 5000;

/**
 * Leases that end later than any lease may: the clock went back since they were taken. A living holder notices, and takes one
 * that is right; what stands as it is after some seconds of real time is nobody's.
 */
export class LongLeases {
  readonly #unchanged: Unchanged;

  /** @param steady monotonic, ms */
  constructor(steady?: () => number) {
    this.#unchanged = new Unchanged(PATIENCE_MS, steady);
  }

  /** To be asked with all leases, again and again: those that have been too long for a while. */
  nobodys<L extends Lease>(leases: readonly L[], now: number): L[] {
    const tooLong = leases.filter((lease) => isTooLong(lease, now));
    const ends = new Map(tooLong.map(({ token, until }) => [token, String(until)]));
    const stale = new Set(this.#unchanged.look(ends));
    return tooLong.filter(({ token }) => stale.has(token));
  }
}

export function isTooLong(lease: Lease, now: number): boolean {
  return lease.until > now + LONGEST_LEASE_MS;
}
