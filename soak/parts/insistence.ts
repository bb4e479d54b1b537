import { setTimeout as sleep } from 'node:timers/promises';
import { PUBLIC_ERRORS } from '@openvod/contract/v2';
import type { Answer, Caller } from '../../e2e/testing/caller.ts';

const AGAIN_MS = 50;
const MOST_MS = 300;

/** A call that got no answer that settles it. */
export class GaveUp extends Error {
  override name = 'GaveUp';
}

/** Codes of ordinary answers that the next attempt may not meet. */
const PASSING: readonly number[] = [
  PUBLIC_ERRORS.InternalError,
  PUBLIC_ERRORS.InterfaceUnavailable,
  PUBLIC_ERRORS.ResourceOperationFailed,
  PUBLIC_ERRORS.QuotaExceeded,
];

/** Whether a client that knows the documents tries again. */
export function isPassing({ code, canRetry }: Answer): boolean {
  return canRetry === undefined ? PASSING.includes(code) : canRetry === 1;
}

/** A client that repeats a call until it is answered for good, as the documents tell it to. */
export class Insistence {
  /** Calls that were cut off, or answered by no service. */
  cuts = 0;
  /** Answers that asked for another attempt. */
  refusals = 0;
  /** Answers by code. */
  readonly codes = new Map<number, number>();
  /** The longest that one call waited for its answer, all attempts together, ms. */
  longest = 0;
  readonly #call: Caller;
  readonly #patience: number;

  /** `patience`: ms after which a call gives up. */
  constructor(call: Caller, { patience = 120_000 }: { patience?: number } = {}) {
    this.#call = call;
    this.#patience = patience;
  }

  /** Rejects with GaveUp. */
  async until(what: string, attempt: (call: Caller) => Promise<Answer>): Promise<Answer> {
    const startedAt = performance.now();
    let last = '';
    for (let wait = AGAIN_MS; ; wait = Math.min(wait * 1.5, MOST_MS)) {
      try {
        const answer = await attempt(this.#call);
        this.codes.set(answer.code, (this.codes.get(answer.code) ?? 0) + 1);
        if (!isPassing(answer)) {
          this.longest = Math.max(this.longest, performance.now() - startedAt);
          return answer;
        }
        this.refusals++;
        last = `${answer.code} ${answer.message}`;
      } catch (error) {
        this.cuts++;
        last =
          error instanceof Error
            ? `${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`
            : String(error);
      }
      const waited = performance.now() - startedAt;
      this.longest = Math.max(this.longest, waited);
      if (waited > this.#patience) {
        throw new GaveUp(`${what} had no answer in ${Math.round(waited / 1000)} s; the last was: ${last}`);
      }
      await sleep(wait);
    }
  }

  figures(): [string, string | number][] {
    return [
      ['calls cut off', this.cuts],
      ['answers that asked for another attempt', this.refusals],
      ['longest wait for an answer', `${(this.longest / 1000).toFixed(1)} s`],
    ];
  }
}
