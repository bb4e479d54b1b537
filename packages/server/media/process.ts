import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { outageOf } from '../common/faults/outage.ts';
import { giveWay, NICENESS } from '../common/give-way.ts';
import { timeoutAfter } from '../common/timeout.ts';
import { inWords, MediaError, type WorkStage } from './errors.ts';
import { verdictOf } from './verdict.ts';

const LAST_WORDS_BYTES = 8 * 1024;
const MEBIBYTE = 1024 * 1024;
/** A machine with less than this left has no memory: what ffmpeg asks for at a time is seldom more. */
const LITTLE_MEMORY_BYTES = 256 * MEBIBYTE;

export interface RunOptions {
  /** What a failure is a failure of. */
  stage: WorkStage;
  /** The whole process group is killed after this many ms. */
  timeoutMs: number;
  /** Killed when `onStdout` has not reported any advance for this many ms. */
  stallMs?: number;
  signal?: AbortSignal;
  cwd?: string;
  /** Called with each piece of standard output; returns true when the work has advanced. Without it, stdout is collected. */
  onStdout?: (text: string) => boolean;
  /** Collected output beyond this many bytes ends the process (default 4 MiB). */
  maxStdoutBytes?: number;
}

/**
 * Runs ffmpeg or ffprobe in a process group of its own, with limits on time, memory and output.
 *
 * @returns what it printed to stdout (when collected) and the last 8 KiB of its stderr
 * @throws MediaError when it fails, stalls or takes too long; the signal's reason when aborted
 */
export async function run(
  program: 'ffmpeg' | 'ffprobe',
  args: string[],
  options: RunOptions,
): Promise<{ stdout: string; log: string }> {
  options.signal?.throwIfAborted();
  const child = start(program, args, options);

  let stopped: { why: string; reason: 'interrupted' | 'decode-failed' } | undefined;
  const stop = (why: string, reason: 'interrupted' | 'decode-failed' = 'interrupted') => {
    stopped ??= { why, reason };
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Ended in the meantime.
    }
  };

  // A long film may take months.
  const limit = timeoutAfter(options.timeoutMs, () =>
    stop(`the work took longer than ${seconds(options.timeoutMs)} s`),
  );
  const stall = options.stallMs
    ? timeoutAfter(options.stallMs, () => stop(`the work did not advance for ${seconds(options.stallMs!)} s`))
    : undefined;
  const onAbort = () => stop('aborted');
  options.signal?.addEventListener('abort', onAbort, { once: true });

  let stdout = '';
  let log = '';
  // Without file handles there are no pipes either; the error follows.
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (options.onStdout) {
      if (options.onStdout(text)) stall?.refresh();
      return;
    }
    stdout += text;
    if (stdout.length > (options.maxStdoutBytes ?? 4 * MEBIBYTE))
      stop('the file has too much to say of itself', 'decode-failed');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LAST_WORDS_BYTES);
  });

  try {
    const ending = await new Promise<{ code: number | null; signal: string | null; error?: Error }>(
      (resolve) => {
        child.on('error', (error) => resolve({ code: null, signal: null, error }));
        child.on('close', (code, signal) => resolve({ code, signal }));
      },
    );
    if (options.signal?.aborted) throw options.signal.reason;
    if (ending.code === 0 && stopped === undefined) return { stdout, log };
    const verdict = stopped
      ? { reason: stopped.reason, outage: null }
      : verdictOf({ ...ending, log }, hasMemory);
    throw new MediaError(
      { stage: options.stage, reason: verdict.reason },
      stopped?.why ?? inWords(verdict.reason),
      {
        transient: verdict.reason === 'interrupted',
        outage: verdict.outage,
        log: ending.error ? `${program}: ${ending.error.message}` : log,
      },
    );
  } finally {
    limit.clear();
    stall?.clear();
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function start(program: 'ffmpeg' | 'ffprobe', args: string[], { stage, cwd }: RunOptions): ChildProcess {
  try {
    const [command, ...commandArgs] = [...limiter(), program, ...args];
    const child = spawn(command!, commandArgs, {
      cwd,
      // Its own group, so that a kill reaches every descendant; a bare environment, so that it sees no secrets.
      detached: true,
      env: { PATH: process.env.PATH, LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Who waits for ffprobe waits for an answer.
    const niceness = program === 'ffmpeg' ? NICENESS.background : NICENESS.awaited;
    if (child.pid !== undefined) giveWay(child.pid, niceness);
    return child;
  } catch (error) {
    // Some reasons are thrown at once, the others told by the child.
    const outage = outageOf(error) ?? 'processes';
    const log = `${program}: ${(error as Error).message}`;
    throw new MediaError({ stage, reason: 'interrupted' }, undefined, { outage, log });
  }
}

function hasMemory(): boolean {
  return process.availableMemory() >= LITTLE_MEMORY_BYTES;
}

function seconds(ms: number): number {
  return ms / 1000;
}

let limiterWords: string[] | undefined;

/**
 * The words to put before a command so that the kernel limits it, as far as this system has the tools (util-linux):
 * no core dumps, a bound on memory, and death together with the server, so that a killed worker leaves no ffmpeg behind.
 */
function limiter(): string[] {
  limiterWords ??= [
    ['prlimit', '--core=0', `--as=${addressSpaceBytes()}`],
    ['setpriv', '--pdeathsig', 'KILL'],
  ]
    .filter(works)
    .flat();
  return limiterWords;
}

/** Threads reserve far more address space than they use, hence a share for each core. */
function addressSpaceBytes(): number {
  return (6144 + 1024 * availableParallelism()) * MEBIBYTE;
}

/**
 * Tried once: a tool may be missing, or its limit be above what this user may ask for.
 * @throws what the system has against any process now: nothing is known of the tool then, and nothing may run unlimited
 */
function works([tool, ...args]: string[]): boolean {
  const { status, error } = spawnSync(tool!, [...args, 'true'], { stdio: 'ignore' });
  if (error && outageOf(error) !== null) throw error;
  return status === 0;
}
