/** Every answer of the API (docs/wire/calls.md, envelope). */
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

/** What is said of a call that was refused. */
export interface Failure {
  code: number;
  message: string;
  codeDesc: string;
}

/** The answer to a text call that succeeded. */
export function success(result: object): Envelope {
  return { code: 0, message: '', codeDesc: 'Success', ...result };
}

/** The same for an upload call, which leaves `codeDesc` empty, as the original's did. */
export function uploadSuccess(result: object): Envelope {
  return { code: 0, message: '', codeDesc: '', canRetry: 0, ...result };
}

/** The answer to a text call that failed. */
export function failure({ code, message, codeDesc }: Failure): Envelope {
  return { code, message, codeDesc };
}

/** The same for an upload call. */
export function uploadFailure({ code, message, codeDesc }: Failure, canRetry: boolean): Envelope {
  return { code, message, codeDesc, canRetry: canRetry ? 1 : 0 };
}

/** The same for a call of client uploads: an old Android client reads `data` before it looks at `code`. */
export function ugcFailure({ code, message, codeDesc }: Failure): Envelope {
  return { code, message, codeDesc, data: {} };
}

/**
 * A whole number of any length, which goes into an answer digit for digit: ids of the oldest generation were 64-bit numbers.
 * To be used in results only: here it is no number to calculate with.
 */
export function exactNumber(digits: string): number {
  return rawJSON(digits) as number;
}

/** Of the language, but not yet of TypeScript's library. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

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
