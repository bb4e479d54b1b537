import { S3ServiceException } from '@aws-sdk/client-s3';
import { isNetworkFault } from '../common/faults/outage.ts';
import { NoSpaceError, NotFoundError, StoreAwayError, UnsatisfiableRangeError } from './errors.ts';

/** What stores other than the vendor's, which is never full, say when they are. */
const FULL = new Set([
  'XMinioStorageFull',
  'InsufficientStorage',
  'QuotaExceeded',
  'QuotaExceededException',
  'StorageFull',
]);

/**
 * Answers of a store that is not in order, or not set up, rather than to what was asked: the operator mends them, and then
 * the same request succeeds. S3 says 400 to a body that came too slowly.
 */
const AWAY = new Set([
  'NoSuchBucket',
  'PermanentRedirect',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'SlowDown',
]);

/** Codes of connections that are none because of certificates or because something else than HTTP answers. */
const NO_CONNECTION = /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO|HPE_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

/** What a failed request means to a caller of the store. */
export function meaningOf(error: unknown): unknown {
  if (!(error instanceof S3ServiceException)) return isAway(error) ? away(error) : error;
  const status = error.$metadata.httpStatusCode;
  if (status === 507 || FULL.has(error.name)) {
    return new NoSpaceError('no space left in the object store', { cause: error });
  }
  // A missing bucket is the operator's mistake, not a missing object.
  if (status === 404 && error.name !== 'NoSuchBucket')
    return new NotFoundError('no such object', { cause: error });
  if (status === 416) return new UnsatisfiableRangeError('no byte in that range', { cause: error });
  return AWAY.has(error.name) || isStatusOfAway(status) ? away(error) : error;
}

/** Of a store that refuses our account nothing can be known either. */
function isStatusOfAway(status = 0): boolean {
  return status === 0 || status >= 500 || [401, 403, 408, 429].includes(status);
}

/** Whether no answer of the store came, or one that cannot be understood. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isNetworkFault(error) || ['TimeoutError', 'CredentialsProviderError'].includes(error.name)) return true;
  // The SDK hangs the answer that it could not read on what the reader threw.
  return '$response' in error || ('code' in error && NO_CONNECTION.test(String(error.code)));
}

function away(cause: unknown): StoreAwayError {
  const words = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StoreAwayError(`the object store is out of reach: ${words}`, { cause });
}
