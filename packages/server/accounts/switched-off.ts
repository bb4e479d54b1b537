import { LastKnown } from '../common/last-known.ts';
import type { Application } from './types.ts';

/**
 * Which applications are switched off, for playback, which goes on without the database: when that does not answer, what was
 * known last holds.
 */
export class SwitchedOff {
  readonly #known = new LastKnown<ReadonlySet<string>>({ value: new Set() });

  /** What was just read. */
  learn(applications: Iterable<Application>): void {
    this.#known.learn(new Set([...applications].flatMap((one) => (one.switchedOff ? one.appId : []))));
  }

  /** @param reading what ends with `learn`; not a promise when that was a moment ago */
  has(appId: string, reading: unknown): boolean | Promise<boolean> {
    const known = this.#known.get(reading);
    return known instanceof Promise ? known.then((off) => off.has(appId)) : known.has(appId);
  }
}
