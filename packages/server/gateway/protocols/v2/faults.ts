import { failure, PUBLIC_ERRORS, stringifyAscii } from '@openvod/contract/v2';

/** The body of an answer outside of the API, which has a real HTTP status: an envelope, for clients that only look there. */
export function faultText(status: number, message: string): string {
  const codeDesc = status >= 500 ? 'InternalError' : status === 404 ? 'ResourceNotFound' : 'InvalidParameter';
  return stringifyAscii(failure({ code: PUBLIC_ERRORS[codeDesc], message, codeDesc }));
}
