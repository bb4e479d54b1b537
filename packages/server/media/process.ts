import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { inWords, MediaError, reasonIn, speaksOfCircumstances, type WorkStage } from './errors.ts';

const LAST_WORDS_BYTES = 8 * 1024;
const MEBIBYTE = 1024 * 1024;

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
  const [command, ...commandArgs] = [...limiter(), program, ...args];
  const child = spawn(command!, commandArgs, {
    cwd: options.cwd,
    // Its own group, so that a kill reaches every descendant; a bare environment, so that it sees no secrets.
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

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

  const limit = setTimeout(
    () => stop(`the work took longer than ${seconds(options.timeoutMs)} s`),
    options.timeoutMs,
  );
  const stall = options.stallMs
    ? setTimeout(() => stop(`the work did not advance for ${seconds(options.stallMs!)} s`), options.stallMs)
    : undefined;
  const onAbort = () => stop('aborted');
  options.signal?.addEventListener('abort', onAbort, { once: true });

  let stdout = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (options.onStdout) {
      if (options.onStdout(text)) stall?.refresh();
      return;
    }
    stdout += text;
    if (stdout.length > (options.maxStdoutBytes ?? 4 * MEBIBYTE))
      stop('the file has too much to say of itself', 'decode-failed');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LAST_WORDS_BYTES);
  });

  try {
    const { code, error } = await new Promise<{ code: number | null; error?: Error }>((resolve) => {
      child.on('error', (error) => resolve({ code: null, error }));
      child.on('close', (code) => resolve({ code }));
    });
    if (options.signal?.aborted) throw options.signal.reason;
    if (code === 0 && stopped === undefined) return { stdout, log };
    // A status other than an ordinary exit (killed, cannot start) may not be the file's fault.
    const circumstances = code === null || speaksOfCircumstances(log);
    const reason = stopped?.reason ?? (circumstances ? 'interrupted' : reasonIn(log));
    throw new MediaError({ stage: options.stage, reason }, stopped?.why ?? inWords(reason), {
      transient: reason === 'interrupted',
      log: error ? `${program}: ${error.message}` : log,
    });
  } finally {
    clearTimeout(limit);
    clearTimeout(stall);
    options.signal?.removeEventListener('abort', onAbort);
  }
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

/** Tried once: a tool may be missing, or its limit be above what this user may ask for. */
function works([tool, ...args]: string[]): boolean {
  return spawnSync(tool!, [...args, 'true'], { stdio: 'ignore' }).status === 0;
}
