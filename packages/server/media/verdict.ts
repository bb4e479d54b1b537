import { type Outage, outageOf } from '../common/faults/outage.ts';
import { reasonIn, type WorkReason } from './errors.ts';

/** How a command of ours ended without success. */
export interface Ending {
  /** Null when it was killed, or could not be started. */
  code: number | null;
  signal: string | null;
  /** Why it could not be started. */
  error?: Error;
  /** Its last words. */
  log: string;
}

export interface Verdict {
  reason: WorkReason;
  /** Not null when the machine was at fault: the same command succeeds once that is over. */
  outage: Outage | null;
}

/** Somebody stops what runs on this machine; ffmpeg ends by itself then. */
const STOPPED = new Set(['SIGTERM', 'SIGINT', 'SIGHUP']);
const STOP_WORDS = /received signal (1|2|15)\b/i;

/** Whatever of these a file makes ffmpeg say, its name and what is in it are not among them. */
const OUTAGE_WORDS: [words: RegExp, outage: Outage][] = [
  [/no space left on device|disk quota exceeded/i, 'space'],
  // prlimit and setpriv, which come before it.
  [/failed to execute/i, 'processes'],
];

const MEMORY_WORDS = /cannot allocate memory/i;

/** May pass, but nobody knows: worth another try, a few times. */
const PASSING_WORDS = /resource temporarily unavailable/i;

/**
 * Tells whose fault it is that a command failed: the file's, the machine's (`outage`), or nobody knows whose (the reason `interrupted`
 * without an outage), as with a command that was killed.
 *
 * @param hasMemory whether the machine has memory left. If so, a command that got none met the limit that we set, and
 *   a file that asks for that much is damaged or made for it.
 */
export function verdictOf(ending: Ending, hasMemory: () => boolean): Verdict {
  const { code, signal, error, log } = ending;
  if (error) return of(outageOf(error) ?? 'processes');
  if ((signal !== null && STOPPED.has(signal)) || STOP_WORDS.test(log)) return of('processes');
  const said = OUTAGE_WORDS.find(([words]) => words.test(log));
  if (said) return of(said[1]);
  if (MEMORY_WORDS.test(log)) return hasMemory() ? { reason: reasonIn(log), outage: null } : of('memory');
  const isUnclear = code === null || PASSING_WORDS.test(log);
  return { reason: isUnclear ? 'interrupted' : reasonIn(log), outage: null };
}

function of(outage: Outage): Verdict {
  return { reason: 'interrupted', outage };
}
