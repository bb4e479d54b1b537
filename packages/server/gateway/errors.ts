import { ApiError, PUBLIC_ERRORS, UPLOAD_ERRORS } from '@openvod/contract/v2';
import type { AnswerForm } from './actions.ts';
import { BodyError } from './parameters/body.ts';

/** What each step of the gateway answers when it refuses. */
export interface StepCodes {
  /** A common parameter is missing or of the wrong type. */
  common: number;
  signature: number;
  secretId: number;
  token: number;
  replay: number;
  /** A parameter of the action is missing or of the wrong type, or cannot be read. */
  parameters: number;
  body: number;
}

const TEXT: StepCodes = {
  common: PUBLIC_ERRORS.InvalidParameter,
  signature: PUBLIC_ERRORS.AuthFailure,
  secretId: PUBLIC_ERRORS['AuthFailure.SecretId'],
  token: PUBLIC_ERRORS['AuthFailure.Token'],
  replay: PUBLIC_ERRORS.ReplayAttack,
  parameters: PUBLIC_ERRORS.InvalidParameter,
  body: PUBLIC_ERRORS.InvalidParameter,
};

/** The pages of generation-1 upload calls list codes of their own (contract/common.yaml, uploadActionsUse). */
const UPLOAD: StepCodes = {
  common: UPLOAD_ERRORS.commonParameters,
  signature: UPLOAD_ERRORS.signature,
  secretId: UPLOAD_ERRORS.signature,
  token: UPLOAD_ERRORS.signature,
  replay: UPLOAD_ERRORS.commonParameters,
  parameters: UPLOAD_ERRORS.actionParameters,
  body: UPLOAD_ERRORS.body,
};

export function stepCodes(form: AnswerForm): StepCodes {
  return form === 'upload' ? UPLOAD : TEXT;
}

/** The refusal that an error stands for; null when it is a fault of ours. */
export function refusalOf(error: unknown, form: AnswerForm): ApiError | null {
  if (error instanceof ApiError) return error;
  if (error instanceof BodyError) {
    const canRetry = error.reason !== 'tooLarge';
    return new ApiError(stepCodes(form).body, error.message, { canRetry, cause: error });
  }
  return null;
}

/** The answer to a fault of ours: says nothing of its nature, but the log has it under the same id. */
export function internalError(requestId: string): ApiError {
  const message = `internal error; the server's log knows more under ${requestId}`;
  return new ApiError(PUBLIC_ERRORS.InternalError, message, { canRetry: true });
}
