import {
  type Action,
  type Failure,
  REFUSAL_CODES,
  type RefusalCodes,
  refusalDescription,
} from '@openvod/contract/v2';
import { type RefusalKind, Refused } from '../../../common/faults/refused.ts';

/** A kind of refusal that the contract forgets does not compile here. */
const CODES: Record<RefusalKind, RefusalCodes> = REFUSAL_CODES;

/** A parameter is missing or malformed. The message has its name already, with the position in a list. */
export class ParameterRefused extends Refused {
  /** As on the wire, without positions. */
  readonly parameter: string;

  constructor(message: string, parameter: string) {
    super('call.parameter', message);
    this.parameter = parameter;
  }
}

/** Refusals of what a parameter says; all others have one code, whatever parameter they are about. */
const ABOUT_PARAMETERS: readonly RefusalKind[] = ['call.parameter', 'parameter.refused', 'template.invalid'];

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
  const parameter = refused instanceof ParameterRefused ? refused.parameter : name;
  const fieldCode =
    parameter !== undefined && ABOUT_PARAMETERS.includes(refused.kind)
      ? action?.fieldCodes?.[parameter]
      : undefined;
  return {
    code: fieldCode ?? action?.refusals?.[refused.kind] ?? codes[protocol],
    codeDesc: refusalDescription(codes),
    message: name === undefined ? refused.message : `${name}: ${refused.message}`,
    canRetry: refused.canRetry ?? codes.canRetry ?? false,
  };
}
