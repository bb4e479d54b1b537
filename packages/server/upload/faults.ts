import type { Logger } from '../common/log.ts';
import { Refused } from '../common/refused.ts';
import { NoSpaceError } from '../storage/index.ts';

/** A parameter that is well-formed but cannot be. */
export function badParameter(field: string, message: string): Refused {
  return new Refused('parameter.refused', message, { field });
}

/** The body, or the whole file, is not what was announced. */
export function badBody(message: string, options: { canRetry?: boolean; cause?: unknown } = {}): Refused {
  return new Refused('upload.content', message, options);
}

export function noSession(sha1: string): Refused {
  return new Refused('upload.notFound', `no upload of ${sha1} is in progress: announce it first`);
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
