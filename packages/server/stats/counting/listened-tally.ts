import type { Access, LogListener } from '../../delivery/index.ts';
import type { Place } from '../geo/names.ts';
import { Tally } from './tally.ts';

/** What one flush of the access log writes, tallied as its lines are added. */
export class ListenedTally implements LogListener {
  readonly tally: Tally;
  /** Where its lines lie, bytes. bounded by: the domains of a flush */
  readonly ranges = new Map<string, { from: number; to: number }>();
  /** False once there was a line of an application that is not known: it may be a new one. */
  isSure = true;
  readonly #onEnd: (listened: ListenedTally) => void;

  /**
   * @param apps applications that are known
   * @param onEnd told when all that was tallied is in the log
   */
  constructor(
    apps: ReadonlySet<string>,
    placeOf: (clientIp: string) => Place,
    onEnd: (listened: ListenedTally) => void,
  ) {
    const isKnown = (appId: string) => {
      const known = apps.has(appId);
      if (!known) this.isSure = false;
      return known;
    };
    this.tally = new Tally(isKnown, placeOf);
    this.#onEnd = onEnd;
  }

  add(access: Access): void {
    this.tally.add(access);
  }

  written(name: string, from: number, to: number): void {
    this.ranges.set(name, { from, to });
  }

  end(): void {
    if (this.ranges.size > 0) this.#onEnd(this);
  }
}
