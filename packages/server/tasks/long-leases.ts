import type { Lease } from './state.ts';
import { LONGEST_LEASE_MS } from './state.ts';

/** A holder that lives renews its lease each second when the clock went back: several chances, ms. */
const PATIENCE_MS = 5000;

/**
 * Leases that end later than any lease may: the clock went back since they were taken. A living holder notices, and takes one
 * that is right; what stands as it is after some seconds of real time is nobody's.
 */
export class LongLeases {
  /** When each was first seen, by its token and end; bounded by: the leases that there are, workers at work. */
  #seen = new Map<string, number>();
  readonly #steady: () => number;

  /** @param steady monotonic, ms */
  constructor(steady: () => number = () => performance.now()) {
    this.#steady = steady;
  }

  /** To be asked with all leases, again and again: those that have been too long for a while. */
  nobodys<L extends Lease>(leases: readonly L[], now: number): L[] {
    const time = this.#steady();
    const before = this.#seen;
    this.#seen = new Map();
    return leases.filter((lease) => {
      if (!isTooLong(lease, now)) return false;
      const name = `${lease.token} ${lease.until}`;
      const since = before.get(name) ?? time;
      this.#seen.set(name, since);
      return time - since >= PATIENCE_MS;
    });
  }
}

export function isTooLong(lease: Lease, now: number): boolean {
  return lease.until > now + LONGEST_LEASE_MS;
}
