/**
 * Everything that an upload is refused for, beside parameters that cannot be: who asks why a part was refused finds the
 * answer here. Every refusal but a full store is the client's to mend; those that say `canRetry` are mended by sending
 * the same call again.
 */

import type { DiskRoom } from '../../common/data-folder/data-folder.ts';
import { BodyError } from '../../common/faults/body-error.ts';
import { OUTAGES, outageOf } from '../../common/faults/outage.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Logger } from '../../common/log.ts';
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
  return new Refused('upload.otherFile', message);
}

export function noPicture(): Refused {
  return new Refused('upload.content', 'the file is no picture');
}

/** What was acknowledged is not in the store any more. */
export function lost(cause: unknown): Refused {
  return new Refused('upload.lost', 'parts of the file were lost on the server: upload it again', { cause });
}

/** The application's quota; deleting something makes room. Bytes. */
export function noStorageLeft(appId: string, size: number, free: number): Refused {
  const message = `application ${appId} has ${Math.max(0, free)} bytes of its storage left, not the ${size} of this file`;
  return new Refused('storage.quota', message);
}

/**
 * To be asked before bytes are taken, while there is still room for what else the service does.
 * @throws Refused `storage.full`
 */
export async function requireRoom(disk: DiskRoom): Promise<void> {
  const shortage = await disk.shortage();
  if (shortage !== null) throw new Refused('storage.full', `${shortage}, try again later`);
}

/**
 * Runs an upload call; a store without room, a store that is away, and a process that may open no more files are what time
 * heals, and its client is told so.
 * @throws Refused `storage.full`, `service.away`, and whatever `run` throws
 */
export async function tellingOfStore<T>(log: Logger, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const outage = error instanceof Refused ? null : outageOf(error);
    // A database that is away is not the upload's to tell of: every call meets it.
    if (outage === null || outage === 'database') throw error;
    log.warn({ err: error }, `an upload was refused: ${OUTAGES[outage]}`);
    const words = outage === 'space' ? 'no space left on the server' : OUTAGES[outage];
    const kind = outage === 'space' ? 'storage.full' : 'service.away';
    throw new Refused(kind, `${words}, try again later`, { cause: error });
  }
}
