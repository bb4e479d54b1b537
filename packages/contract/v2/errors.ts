import type { DocumentedError } from './action.ts';

/** What `code` and `codeDesc` can be, from contract/common.yaml `errors`; one table for the whole service. */
export const PUBLIC_ERRORS = {
  InvalidParameter: 4000,
  AuthFailure: 4100,
  'AuthFailure.Interface': 4101,
  'AuthFailure.Resource': 4102,
  'AuthFailure.SecretId': 4104,
  'AuthFailure.Token': 4105,
  'AuthFailure.Mfa': 4106,
  'AuthFailure.Cam': 4110,
  RequestExpired: 4200,
  AccessDenied: 4300,
  QuotaExceeded: 4400,
  ReplayAttack: 4500,
  UnsupportedProtocol: 4600,
  ResourceNotFound: 5000,
  ResourceOperationFailed: 5100,
  ResourcePurchaseFailed: 5200,
  BalanceInsufficient: 5300,
  PartialSuccess: 5400,
  QualificationFailed: 5500,
  InternalError: 6000,
  VersionUnsupported: 6100,
  InterfaceUnavailable: 6200,
} as const;

/** Codes of generation-1 upload calls (contract/common.yaml, errors.generation1Upload). */
export const UPLOAD_ERRORS = {
  commonParameters: -10001,
  signature: -10002,
  actionParameters: -10003,
  cacheWrite: -10004,
  cacheRead: -10005,
  body: -10006,
} as const;

/** What every generation-1 upload call can answer. Repeat the call only when `canRetry` is 1. */
export const UPLOAD_ERROR_LIST: readonly DocumentedError[] = [
  { code: UPLOAD_ERRORS.commonParameters, meaning: 'common parameters failed the check' },
  { code: UPLOAD_ERRORS.signature, meaning: 'signature failed the check' },
  { code: UPLOAD_ERRORS.actionParameters, meaning: 'action parameters failed the check' },
  { code: UPLOAD_ERRORS.cacheWrite, meaning: 'the data could not be stored' },
  { code: UPLOAD_ERRORS.cacheRead, meaning: 'no such upload, or its data could not be read' },
  { code: UPLOAD_ERRORS.body, meaning: 'the body, or the whole file, is not what was announced' },
];

/** Codes of single actions (the `errors` lists of the action files). */
export const ACTION_ERRORS = {
  invalidParameter: 1000,
  noClassBelowDefault: 1903,
  parentClassNotFound: 1904,
  classNotFound: 1905,
  classNameTaken: 1907,
  fileNotFound: 10008,
  fileBusy: 10009,
  taskNotFound: 10026,
  /** RedoTask: the documents give "still in progress" the same number as "does not exist". */
  taskNotEnded: 10026,
} as const;

/** An answer other than success. Whatever else is thrown is a fault of ours and answers 6000. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: number;
  readonly codeDesc: string;
  /** Generation-1 upload calls only: the client may send the same call again. */
  readonly canRetry: boolean;

  constructor(
    code: number,
    message: string,
    options: { codeDesc?: string; canRetry?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.codeDesc = options.codeDesc ?? descriptionOf(code);
    this.canRetry = options.canRetry ?? false;
  }
}

/**
 * The symbolic name sent as `codeDesc`: that of the public error, or of the public error nearest to the code
 * of an action. Empty for the negative codes of upload calls, which never had one.
 */
export function descriptionOf(code: number): string {
  if (code === 0) return 'Success';
  if (code < 0) return '';
  return DESCRIPTIONS.get(code) ?? 'InvalidParameter';
}

const DESCRIPTIONS = new Map<number, string>([
  ...Object.entries(PUBLIC_ERRORS).map(([name, code]) => [code, name] as const),
  [ACTION_ERRORS.parentClassNotFound, 'ResourceNotFound'],
  [ACTION_ERRORS.classNotFound, 'ResourceNotFound'],
  [ACTION_ERRORS.fileNotFound, 'ResourceNotFound'],
  [ACTION_ERRORS.taskNotFound, 'ResourceNotFound'],
  [ACTION_ERRORS.noClassBelowDefault, 'ResourceOperationFailed'],
  [ACTION_ERRORS.classNameTaken, 'ResourceOperationFailed'],
  [ACTION_ERRORS.fileBusy, 'ResourceOperationFailed'],
]);
