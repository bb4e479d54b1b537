import type { UnavailableReason } from '../unavailable.ts';

/** By SQLSTATE, or the class that it begins with; the longer one counts. */
const BY_STATE: Record<string, UnavailableReason> = {
  '08': 'away',
  // Who may connect is the operator's to say, and said anew without a restart of ours.
  '28': 'away',
  '3D000': 'away',
  '53': 'busy',
  '53100': 'full',
  '55P03': 'busy',
  // A server that is ended, recovers or starts.
  '57P01': 'away',
  '57P02': 'away',
  '57P03': 'away',
  '57P05': 'away',
  '58': 'disk',
  // A primary that became a standby.
  '25006': 'away',
};

/** The words of `pg` for a connection that broke, or that it gave up; they have no code. */
const BROKEN =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired)/;

/** Of the pool: all connections are taken. */
const POOL_BUSY = /^timeout exceeded when trying to connect/;

/** Of sockets and of names that are not found. */
const ERRNO = /^(E[A-Z_]+)$/;
/** Errors of Node's own that look like errnos and are faults of ours. */
const OURS = /^ERR_/;

/** What of it is the database's fault for now; null for what is wrong with the query, or with us. */
export function postgresFault(error: unknown): UnavailableReason | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  if (isState(error)) return BY_STATE[error.code] ?? BY_STATE[error.code.slice(0, 2)] ?? null;
  if (POOL_BUSY.test(error.message)) return 'busy';
  if (BROKEN.test(error.message)) return 'away';
  return typeof code === 'string' && ERRNO.test(code) && !OURS.test(code) ? 'away' : null;
}

/** Whether the connection that it came from is of no more use. */
export function breaksConnection(error: unknown): boolean {
  return postgresFault(error) === 'away';
}

/** Whether waiting for the server can help one who wants a connection: it does not help against a wrong password. */
export function isOutage(error: unknown): boolean {
  if (isState(error)) return /^(08|53300|57P)/.test(error.code);
  return postgresFault(error) === 'away';
}

/** What the server itself has said, with its SQLSTATE. */
function isState(error: unknown): error is Error & { code: string; severity: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}
