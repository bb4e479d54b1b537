import { S3ServiceException } from '@aws-sdk/client-s3';
import { NoSpaceError, NotFoundError, UnsatisfiableRangeError } from './errors.ts';

/** What stores other than the vendor's, which is never full, say when they are. */
const FULL = new Set([
  'XMinioStorageFull',
  'InsufficientStorage',
  'QuotaExceeded',
  'QuotaExceededException',
  'StorageFull',
]);

/** What a failed request means to a caller of the store. */
export function meaningOf(error: unknown): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  const status = error.$metadata.httpStatusCode;
  if (status === 507 || FULL.has(error.name)) {
    return new NoSpaceError('no space left in the object store', { cause: error });
  }
  // A missing bucket is the operator's mistake, not a missing object.
  if (status === 404 && error.name !== 'NoSuchBucket')
    return new NotFoundError('no such object', { cause: error });
  if (status === 416) return new UnsatisfiableRangeError('no byte in that range', { cause: error });
  return error;
}
