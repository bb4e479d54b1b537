import { Refused } from '../common/faults/refused.ts';
import { DatabaseUnavailable } from '../database/index.ts';
import { BodyError } from './parameters/body.ts';

/**
 * The refusal that an error stands for; null when it is a fault of ours.
 * @param begun whether the action had begun; until then nothing of the call was done, whatever else was
 */
export function refusalOf(error: unknown, begun: boolean): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof BodyError) {
    return new Refused('call.body', error.message, { canRetry: error.reason !== 'tooLarge', cause: error });
  }
  return error instanceof DatabaseUnavailable ? unavailable(error, begun) : null;
}

function unavailable(fault: DatabaseUnavailable, begun: boolean): Refused {
  const cause = fault;
  if (fault.unsure && begun) {
    const message = 'the service lost its database at work; whether the call was carried out is not known';
    return new Refused('service.unsure', message, { cause });
  }
  if (fault.reason === 'full') {
    return new Refused('storage.full', 'no space left on the server, try again later', { cause });
  }
  return new Refused('service.away', 'the service cannot reach its database, try again later', { cause });
}
