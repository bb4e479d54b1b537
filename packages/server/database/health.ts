import type { Logger } from '../common/log.ts';
import type { DatabaseUnavailable } from './unavailable.ts';

/** Outages that follow each other sooner are not worth a warning each. */
const QUIET_MS = 10_000;

/**
 * Says once that the database is away, and once that it is back, however many calls meet it meanwhile: their own refusals are
 * in the debug log.
 */
export class DatabaseHealth {
  readonly #log: Logger | undefined;
  readonly #onFault: (fault: DatabaseUnavailable) => void;
  /** On the clock of `performance.now`; null while it answers. */
  #since: number | null = null;
  #warnedAt = Number.NEGATIVE_INFINITY;
  #faults = 0;
  #isAway = false;

  constructor(log: Logger | undefined, onFault: (fault: DatabaseUnavailable) => void = () => {}) {
    this.#log = log;
    this.#onFault = onFault;
  }

  failed(fault: DatabaseUnavailable): void {
    this.#onFault(fault);
    this.#faults++;
    this.#isAway = fault.reason === 'away';
    const now = performance.now();
    this.#since ??= now;
    if (this.#faults > 1 || now - this.#warnedAt < QUIET_MS) return;
    this.#warnedAt = now;
    const { reason, code, errcode } = fault;
    this.#log?.warn(
      { reason, code, errcode },
      `${fault.message}; calls are refused with a retry until it answers`,
    );
  }

  /** @param wrote whether it has written something, which alone shows that there is room, or that nobody is before us */
  answered(wrote: boolean): void {
    if (this.#since === null || !(wrote || this.#isAway)) return;
    const about = { ms: Math.round(performance.now() - this.#since), faults: this.#faults };
    this.#since = null;
    this.#faults = 0;
    this.#log?.info(about, 'the database answers again');
  }
}
