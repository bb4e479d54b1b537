import { ApiError, UPLOAD_ERRORS } from '@openvod/contract/v2';
import type { Logger } from '../common/log.ts';
import { NoSpaceError } from '../storage/index.ts';

/** A parameter that is well-formed but cannot be. */
export function badParameter(message: string): ApiError {
  return new ApiError(UPLOAD_ERRORS.actionParameters, message);
}

/** The body, or the whole file, is not what was announced. */
export function badBody(message: string, options: { canRetry?: boolean; cause?: unknown } = {}): ApiError {
  return new ApiError(UPLOAD_ERRORS.body, message, options);
}

/** No such upload, or parts of it are missing. */
export function notThere(message: string, options: { canRetry?: boolean; cause?: unknown } = {}): ApiError {
  return new ApiError(UPLOAD_ERRORS.cacheRead, message, options);
}

export function noSession(sha1: string): ApiError {
  return notThere(`no upload of ${sha1} is in progress: announce it with InitUpload`);
}

/** Something that time heals. */
function cannotStore(message: string, cause?: unknown): ApiError {
  return new ApiError(UPLOAD_ERRORS.cacheWrite, message, { canRetry: true, cause });
}

/**
 * Runs an upload call so that whatever goes wrong has one of the codes of its contract files. They are all negative:
 * some clients take any other answer for a success (contract/upload/UploadPart.yaml, notes).
 * @throws ApiError and nothing else
 */
export async function withUploadCodes<T>(log: Logger, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (isFull(error)) {
      log.error({ err: error }, 'no space left for an upload');
      throw cannotStore('no space left on the server, try again later', error);
    }
    log.error({ err: error }, 'an upload call failed');
    throw cannotStore('the server could not complete the call, try again', error);
  }
}

const SQLITE_FULL = 13;
const POSTGRES_DISK_FULL = '53100';

function isFull(error: unknown): boolean {
  if (error instanceof NoSpaceError) return true;
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && error.errcode === SQLITE_FULL) return true;
  return 'code' in error && error.code === POSTGRES_DISK_FULL;
}
