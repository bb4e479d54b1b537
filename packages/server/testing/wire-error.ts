import type { Action } from '@openvod/contract/v2';
import { Refused } from '../common/faults/refused.ts';
import { type WireRefusal, wireRefusal } from '../gateway/protocols/v2/refusal.ts';

/** What the caller of an action is told when it is refused: for tests of a room, which have no gateway. */
export class WireError extends Error {
  readonly code: number;
  readonly canRetry: boolean;

  constructor({ code, message, canRetry }: WireRefusal) {
    super(message);
    this.code = code;
    this.canRetry = canRetry;
  }
}

/** Runs a call of an action; a refusal is thrown as its caller sees it. */
export async function asOnTheWire<T>(action: Action, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new WireError(wireRefusal(error, action.protocol === 'upload' ? 'upload' : 'text', action));
  }
}
