import {
  type Action,
  type Failure,
  REFUSAL_CODES,
  type RefusalCodes,
  refusalDescription,
} from '@openvod/contract/v2';
import type { RefusalKind, Refused } from '../../../common/faults/refused.ts';

/** A kind of refusal that the contract forgets does not compile here. */
const CODES: Record<RefusalKind, RefusalCodes> = REFUSAL_CODES;

/** A refusal as it travels, with the action's own exceptions and names. */
export interface WireRefusal extends Failure {
  canRetry: boolean;
}

/** @param action null when it is not known yet */
export function wireRefusal(
  refused: Refused,
  protocol: 'text' | 'upload',
  action: Action | null,
): WireRefusal {
  const codes = CODES[refused.kind];
  const { field } = refused;
  const name = field === undefined ? undefined : (action?.fieldNames?.[field] ?? field);
  return {
    code: action?.refusals?.[refused.kind] ?? codes[protocol],
    codeDesc: refusalDescription(codes),
    message: name === undefined ? refused.message : `${name}: ${refused.message}`,
    canRetry: refused.canRetry ?? codes.canRetry ?? false,
  };
}
