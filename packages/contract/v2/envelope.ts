import type { Action } from './action.ts';
import { type ApiError, descriptionOf } from './errors.ts';

/** Every answer of the API, as contract/common.yaml `responseEnvelope` describes it. */
export interface Envelope {
  /** 0 on success (InitUpload also has 1 and 2); always a JSON number. */
  code: number;
  /** Empty on success. */
  message: string;
  codeDesc: string;
  /** Upload calls only: 1 when the client may send the same call again. */
  canRetry?: 0 | 1;
  /** Fields of the result stand beside these. */
  [field: string]: unknown;
}

/** The answer to a call that succeeded; upload calls leave `codeDesc` empty, as the original's did. */
export function success(result: object, transport: Action['transport']): Envelope {
  return transport === 'upload'
    ? { code: 0, message: '', codeDesc: '', canRetry: 0, ...result }
    : { code: 0, message: '', codeDesc: descriptionOf(0), ...result };
}

/** The answer to a call that failed. */
export function failure(error: ApiError, transport: Action['transport']): Envelope {
  const { code, message, codeDesc } = error;
  if (transport === 'text') return { code, message, codeDesc };
  return { code, message, codeDesc, canRetry: error.canRetry ? 1 : 0 };
}

/**
 * JSON in pure ASCII: some old clients decode answers in their platform's charset, so anything else travels
 * as `\uXXXX`.
 */
export function stringifyAscii(value: unknown): string {
  const json = JSON.stringify(value);
  return NOT_ASCII.test(json) ? json.replace(EVERY_NOT_ASCII, escapeUnit) : json;
}

const NOT_ASCII = /[\u0080-\uffff]/;
const EVERY_NOT_ASCII = /[\u0080-\uffff]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
