import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from './caller.ts';

/** Calls of a service that is killed now and then. */
export class Insistence {
  /** Calls that were cut off. */
  faults = 0;
  /** Null while the service is down. */
  readonly caller: () => Caller | null;

  constructor(caller: () => Caller | null) {
    this.caller = caller;
  }

  /** Repeats a call until it is answered: what was cut off may or may not have been done. */
  async until<T>(attempt: (call: Caller) => Promise<T>): Promise<T> {
    for (;;) {
      const call = this.caller();
      try {
        if (call) return await attempt(call);
      } catch (error) {
        // What `fetch` rejects with when a connection is refused or breaks.
        if (!(error instanceof TypeError)) throw error;
        this.faults++;
      }
      await sleep(20);
    }
  }
}
