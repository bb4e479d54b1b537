import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';

/**
 * An address that may not be called, as far as looking at it tells: what a name resolves to is looked at when it is called.
 * @throws Refused `parameter.refused`
 */
export function refuseInside(address: string, field: string, outbound: Outbound): void {
  const problem = outbound.problemOf(address);
  if (problem) throw new Refused('parameter.refused', `it ${problem}`, { field });
}
