import { OutageError } from '../common/faults/outage.ts';

/**
 * Why a database could not do what it was asked, where nobody asked for anything wrong and time or the operator heals it:
 * `away` (not reached, restarting, failing over), `busy` (others are before us), `full` (its disk has no room), `disk` (its
 * disk fails).
 */
export type UnavailableReason = 'away' | 'busy' | 'full' | 'disk';

/** The database could not answer for now. Every query and transaction throws it instead of what the driver threw. */
export class DatabaseUnavailable extends OutageError {
  override name = 'DatabaseUnavailable';
  readonly reason: UnavailableReason;
  /** Whether something was sent that may have been carried out all the same; else nothing was done. */
  readonly unsure: boolean;
  /** Those of the cause, where it has them: SQLSTATE or errno, and SQLite's number. */
  readonly code: string | undefined;
  readonly errcode: number | undefined;

  constructor(reason: UnavailableReason, cause: unknown, unsure: boolean) {
    const message = `the database is ${WORDS[reason]}: ${cause instanceof Error ? cause.message : String(cause)}`;
    super(reason === 'full' ? 'space' : 'database', message, { cause });
    const { code, errcode } = cause as { code?: unknown; errcode?: unknown };
    this.reason = reason;
    // A busy or full database has told us that it did nothing.
    this.unsure = unsure && (reason === 'away' || reason === 'disk');
    this.code = typeof code === 'string' ? code : undefined;
    this.errcode = typeof errcode === 'number' ? errcode : undefined;
  }
}

const WORDS: Record<UnavailableReason, string> = {
  away: 'away',
  busy: 'busy',
  full: 'out of room',
  disk: 'failed by its disk',
};

/** At which level to log an error: of an outage the database tells once, not everybody who meets it. */
export function faultLevel(error: unknown): 'debug' | 'error' {
  return error instanceof DatabaseUnavailable ? 'debug' : 'error';
}
