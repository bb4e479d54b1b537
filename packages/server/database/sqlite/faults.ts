import type { UnavailableReason } from '../unavailable.ts';

/** By SQLite's primary result code, the lowest byte of what it reports. */
const BY_CODE: Record<number, UnavailableReason> = {
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'disk', // READONLY: a disk that the system made so when it began to fail
  10: 'disk', // IOERR
  13: 'full', // FULL
  14: 'disk', // CANTOPEN
  15: 'busy', // PROTOCOL: nobody got the lock of the log
};

/** Of the flush after a commit, which is not SQLite's. */
const BY_ERRNO: Record<string, UnavailableReason> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'disk',
  EROFS: 'disk',
  ENOENT: 'disk',
  EMFILE: 'busy',
  ENFILE: 'busy',
};

/** What of it is the disk's fault, or that of others at the same file; null for what is wrong with the query, or with us. */
export function sqliteFault(error: unknown): UnavailableReason | null {
  if (!(error instanceof Error)) return null;
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  if (typeof errcode === 'number') return BY_CODE[errcode & 0xff] ?? null;
  return typeof code === 'string' ? (BY_ERRNO[code] ?? null) : null;
}
