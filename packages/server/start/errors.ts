import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../common/log.ts';

/** The start failed for a reason that an operator can mend; the message begins with the setting to look at. */
export class StartError extends Error {
  override name = 'StartError';

  /** @param setting environment variable, or several */
  constructor(setting: string, words: string, cause?: unknown) {
    super(`${setting}: ${words}`, { cause });
  }
}

/** Something that the start needs and that other machines may have to start first. */
export interface Needed {
  /** For the log, e.g. `database`. */
  name: string;
  /** The environment variable that says where it is. */
  setting: string;
  /** Where that is, without secrets. */
  place: string;
  /** How long to try, ms. */
  timeoutMs: number;
  log: Logger;
}

const PAUSE_MS = 500;
const SAY_EVERY_MS = 5_000;

/**
 * Tries until `attempt` succeeds, and says in the log what is waited for.
 * @throws StartError at once for what trying again does not change, else when the time is over
 */
export async function waitFor(needed: Needed, attempt: () => Promise<void>): Promise<void> {
  const { name, setting, place, timeoutMs, log } = needed;
  const startedAt = performance.now();
  let problem = 'does not answer';
  const say = () => log.warn({ setting, place, problem }, `waiting for the ${name}`);
  const saying = setInterval(say, SAY_EVERY_MS);
  const over = new AbortController();
  // An attempt may hang for longer than all of the time.
  const timer = setTimeout(() => over.abort(), timeoutMs);
  const aborted = new Promise<never>((_resolve, reject) => {
    over.signal.addEventListener('abort', () =>
      reject(new StartError(setting, `${place} ${problem}; gave up after ${timeoutMs / 1000} s`)),
    );
  });
  aborted.catch(() => {});
  try {
    for (;;) {
      const fault = await Promise.race([aborted, faultOf(attempt)]);
      if (fault === null) break;
      problem = wordsOf(fault);
      if (isLasting(fault)) throw new StartError(setting, `${place} ${problem}`, fault);
      if (performance.now() - startedAt < PAUSE_MS) say();
      await Promise.race([aborted, sleep(PAUSE_MS)]);
    }
  } finally {
    clearTimeout(timer);
    clearInterval(saying);
  }
}

async function faultOf(attempt: () => Promise<void>): Promise<unknown> {
  try {
    await attempt();
    return null;
  } catch (error) {
    return error ?? new Error('failed');
  }
}

/** What a system, PostgreSQL or an S3 store calls a fault, in words that go on from a place. */
const WORDS: Record<string, string> = {
  ECONNREFUSED: 'refuses the connection',
  ECONNRESET: 'cuts the connection off',
  ENOTFOUND: 'is not a known host',
  EAI_AGAIN: 'is not a known host at the moment',
  ETIMEDOUT: 'does not answer',
  TimeoutError: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  '28P01': 'refuses the user or the password',
  '28000': 'refuses the user',
  '3D000': 'has no such database',
  '57P03': 'is starting up or shutting down',
  '53300': 'has too many connections already',
  NoSuchBucket: 'has no such bucket',
  AccessDenied: 'denies access',
  InvalidAccessKeyId: 'does not know the access key',
  SignatureDoesNotMatch: 'does not accept the secret key',
  CredentialsProviderError: 'needs keys, and there are none',
};

/** Those that no waiting changes. */
const LASTING = new Set(
  ['28P01', '28000', '3D000'].concat(
    ['NoSuchBucket', 'AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch'],
    ['CredentialsProviderError'],
  ),
);

/** The codes of an error and of those that it stands for: several addresses of a host are tried, all may fail. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code, name, cause } = error as NodeJS.ErrnoException;
  const others = error instanceof AggregateError ? error.errors : [];
  return [code, name, ...[cause, ...others].flatMap(codesOf)].filter((one) => one !== undefined);
}

function wordsOf(error: unknown): string {
  const known = codesOf(error).find((code) => code in WORDS);
  return known === undefined ? `fails: ${(error as Error)?.message || error}` : WORDS[known]!;
}

function isLasting(error: unknown): boolean {
  return codesOf(error).some((code) => LASTING.has(code));
}
