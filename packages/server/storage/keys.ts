import { InvalidKeyError } from './errors.ts';

/** A leading dot is for the store's own files (and for `..`). 200 bytes leave room in a file name. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/** S3 allows 1024 bytes; the operator's own prefix must fit too. */
const MAX_KEY_LENGTH = 512;

/**
 * Passes an object key: segments of ASCII letters, digits, `.`, `_`, `-`, joined by `/`, none beginning with a dot,
 * at most 512 characters.
 * @throws InvalidKeyError
 */
export function checkKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH || !key.split('/').every((segment) => SEGMENT.test(segment))) {
    throw new InvalidKeyError(`not an object key: ${JSON.stringify(key.slice(0, 100))}`);
  }
  return key;
}

/**
 * Passes a prefix: a key with a final `/`, like a folder.
 * @throws InvalidKeyError
 */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) {
    throw new InvalidKeyError(`a prefix ends with "/": ${JSON.stringify(prefix.slice(0, 100))}`);
  }
  checkKey(prefix.slice(0, -1));
  return prefix;
}

/**
 * Passes the id of an assembly: one segment of a key.
 * @throws InvalidKeyError
 */
export function checkAssemblyId(id: string): string {
  if (!SEGMENT.test(id)) throw new InvalidKeyError(`not an assembly id: ${JSON.stringify(id.slice(0, 100))}`);
  return id;
}
