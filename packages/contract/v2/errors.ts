/** A documented error of one action: the number on the wire and what it tells the caller. */
export interface DocumentedError {
  code: number;
  meaning: string;
}

/** What `code` and `codeDesc` can be, from docs/wire/calls.md (Public errors); one table for the whole service. */
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

/** Codes of generation-1 upload calls (docs/wire/calls.md, Codes of uploads). */
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
  {
    code: UPLOAD_ERRORS.commonParameters,
    meaning: 'common parameters failed the check; also over a quota of the application, with canRetry 1',
  },
  { code: UPLOAD_ERRORS.signature, meaning: 'signature failed the check' },
  { code: UPLOAD_ERRORS.actionParameters, meaning: 'action parameters failed the check' },
  {
    code: UPLOAD_ERRORS.cacheWrite,
    meaning: 'the data could not be stored; also a fault of the service, with canRetry 1',
  },
  { code: UPLOAD_ERRORS.cacheRead, meaning: 'no such upload, or its data could not be read' },
  { code: UPLOAD_ERRORS.body, meaning: 'the body, or the whole file, is not what was announced' },
];

/**
 * The symbolic name sent as `codeDesc`: that of the public error, or of the public error nearest to the code
 * of an action. Empty for negative codes: those of upload calls take the name of the public error that they stand for.
 */
export function descriptionOf(code: number): string {
  if (code === 0) return 'Success';
  if (code < 0) return '';
  return DESCRIPTIONS.get(code) ?? 'InvalidParameter';
}

const DESCRIPTIONS = new Map<number, string>([
  ...Object.entries(PUBLIC_ERRORS).map(([name, code]) => [code, name] as const),
  // A parent class, a class, a video, a task, a template.
  ...[1904, 1905, 10008, 10026, 10704].map((code) => [code, 'ResourceNotFound'] as const),
  // Nothing below the default class, a name that is taken, a video at work.
  ...[1903, 1907, 10009].map((code) => [code, 'ResourceOperationFailed'] as const),
]);
