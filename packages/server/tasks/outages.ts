import { OUTAGES, type Outage } from '../common/faults/outage.ts';
import type { Logger } from '../common/log.ts';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** An outage is told of at its beginning, and then as often as this, ms. */
const TELL_EVERY_MS = 15 * 60_000;
/** Nobody has met it for so long: whoever waited for it is gone. */
const FORGET_MS = 4 * LONGEST_WAIT_MS;

interface Episode {
  since: number;
  metAt: number;
  toldAt: number;
}

/** An outage that tasks wait for, and for how long it has lasted, ms. */
export interface OngoingOutage {
  outage: Outage;
  ms: number;
}

/**
 * What the tasks of this process wait for: the store, the database, room on the disk. It belongs to the process and not to a task, so
 * that a thousand tasks that meet the same outage are one line in the log.
 */
export class Outages {
  readonly #log: Logger;
  readonly #firstMs: number;
  readonly #now: () => number;
  /** bounded by: kinds of outages */
  readonly #episodes = new Map<Outage, Episode>();

  /**
   * @param firstMs the shortest wait
   * @param now monotonic, ms: the clock of a machine may jump
   */
  constructor(log: Logger, firstMs = FIRST_WAIT_MS, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#firstMs = firstMs;
    this.#now = now;
  }

  /** Somebody met an outage. @returns how long to wait before trying again, ms */
  meet(outage: Outage, error: unknown): number {
    const now = this.#now();
    const known = this.#current(outage);
    const episode = known ?? { since: now, metAt: now, toldAt: Number.NEGATIVE_INFINITY };
    episode.metAt = now;
    this.#episodes.set(outage, episode);
    if (now - episode.toldAt >= TELL_EVERY_MS) {
      episode.toldAt = now;
      const about = { err: error, outage, ms: Math.round(now - episode.since) };
      this.#log.warn(about, `tasks wait: ${OUTAGES[outage]}`);
    }
    return waitMs(now - episode.since, this.#firstMs);
  }

  /** Something succeeded that cannot succeed during an outage. */
  over(outage: Outage): void {
    const episode = this.#episodes.get(outage);
    if (!episode) return;
    this.#episodes.delete(outage);
    const ms = Math.round(this.#now() - episode.since);
    this.#log.info({ outage, ms }, 'tasks go on: the outage is over');
  }

  ongoing(): OngoingOutage[] {
    const now = this.#now();
    return [...this.#episodes.keys()].flatMap((outage) => {
      const episode = this.#current(outage);
      return episode ? [{ outage, ms: Math.round(now - episode.since) }] : [];
    });
  }

  #current(outage: Outage): Episode | undefined {
    const episode = this.#episodes.get(outage);
    return episode && this.#now() - episode.metAt < FORGET_MS ? episode : undefined;
  }
}

/** How long to wait for the end of an outage that has lasted so long: half as long again, within bounds; whole ms. */
export function waitMs(elapsedMs: number, firstMs = FIRST_WAIT_MS): number {
  return Math.round(Math.min(LONGEST_WAIT_MS, Math.max(firstMs, elapsedMs / 2)));
}
