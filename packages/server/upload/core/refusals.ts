/**
 * Everything that an upload is refused for, beside parameters that cannot be: who asks why a part was refused finds the
 * answer here. Every refusal but a full store is the client's to mend; those that say `canRetry` are mended by sending
 * the same call again.
 */
import { BodyError } from '../../common/body-error.ts';
import type { Logger } from '../../common/log.ts';
import { Refused } from '../../common/refused.ts';
import { NoSpaceError } from '../../storage/index.ts';
import type { Range } from './ranges.ts';

/** A parameter that is well-formed but cannot be. */
export function badParameter(field: string, message: string): Refused {
  return new Refused('parameter.refused', message, { field });
}

/** Nothing of this file was announced, or so long ago that it was given up. */
export function noUpload(sha1: string): Refused {
  return new Refused('upload.notFound', `no upload of ${sha1} is in progress: announce it first`);
}

/** The file is not cut into parts like this one. */
export function noSuchPart({ offset, size }: Range, file: { size: number; partSize: number }): Refused {
  const layout = `a file of ${file.size} bytes in parts of ${file.partSize}`;
  return badParameter('offset, dataSize', `${size} bytes at ${offset} is no part of ${layout}`);
}

/** The client went away, or stopped sending in the middle; it reads why. */
export function cutOff(cause: unknown): Refused {
  const message = cause instanceof BodyError ? cause.message : 'the body was cut off';
  return new Refused('upload.content', message, { canRetry: true, cause });
}

/** Memory for parts is short, and others wait for what this one holds. */
export function tooSlow(ms: number): Refused {
  const message = `the body took more than ${ms / 1000} seconds, and others wait`;
  return new Refused('upload.content', message, { canRetry: true });
}

export function tooLong(size: number): Refused {
  return new Refused('upload.content', `the body has more than the announced ${size} bytes`);
}

export function tooShort(received: number, size: number): Refused {
  return new Refused('upload.content', `the body has ${received} bytes instead of the announced ${size}`);
}

/** Something was changed on the way. Hashes in lower-case hex. */
export function otherBytes(hash: 'MD5' | 'SHA-1', actual: string, announced: string): Refused {
  const message = `the ${hash} of the body is ${actual}, not the announced ${announced}`;
  return new Refused('upload.content', message, { canRetry: true });
}

/** The same part, with other bytes, is stored and counts. */
export function otherPartStored({ offset }: Range, md5: string): Refused {
  return new Refused('upload.content', `another part at ${offset} was stored before, with the MD5 ${md5}`);
}

/** While the part was stored, the upload ended, or another server stored one that overlaps it. */
export function changedMeanwhile(id: string, cause?: unknown): Refused {
  const message = `upload ${id} changed while the part was stored: send it again`;
  return new Refused('upload.changed', message, { cause });
}

/** Asked to finish, but there is more to come. */
export function incomplete({ offset, size }: Range): Refused {
  return new Refused('upload.incomplete', `${size} bytes from ${offset} on have not been sent`);
}

/** All is there, and is not the announced file. Hashes in lower-case hex. */
export function otherFile(actual: string, announced: string): Refused {
  const message = `the SHA-1 of the file is ${actual}, not the announced ${announced}: upload it again`;
  return new Refused('upload.content', message);
}

export function noPicture(): Refused {
  return new Refused('upload.content', 'the file is no picture');
}

/** What was acknowledged is not in the store any more. */
export function lost(cause: unknown): Refused {
  return new Refused('upload.lost', 'parts of the file were lost on the server: upload it again', { cause });
}

/**
 * Runs an upload call; a store or a database without room is something that time heals, and its client is told so.
 * @throws Refused `storage.full`, and whatever `run` throws
 */
export async function tellingOfSpace<T>(log: Logger, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused || !isFull(error)) throw error;
    log.error({ err: error }, 'no space left for an upload');
    throw new Refused('storage.full', 'no space left on the server, try again later', { cause: error });
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
