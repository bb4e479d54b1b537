import type { DocumentedError } from '../../action.ts';
import { UPLOAD_ERRORS } from '../../errors.ts';

/** What every generation-1 upload call can answer. Repeat the call only when `canRetry` is 1. */
export const UPLOAD_ERROR_LIST: readonly DocumentedError[] = [
  { code: UPLOAD_ERRORS.commonParameters, meaning: 'common parameters failed the check' },
  { code: UPLOAD_ERRORS.signature, meaning: 'signature failed the check' },
  { code: UPLOAD_ERRORS.actionParameters, meaning: 'action parameters failed the check' },
  { code: UPLOAD_ERRORS.cacheWrite, meaning: 'the data could not be stored' },
  { code: UPLOAD_ERRORS.cacheRead, meaning: 'no such upload, or its data could not be read' },
  { code: UPLOAD_ERRORS.body, meaning: 'the body, or the whole file, is not what was announced' },
];
