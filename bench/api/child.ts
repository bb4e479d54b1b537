import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import FLAGS from '../../packages/server/node-flags.json' with { type: 'json' };

/** A Node process with the service's flags, pinned to one core, where `taskset` and a second core are there. */
export function spawnPinned(
  core: 0 | 1,
  script: string,
  args: string[],
  env: Record<string, string> = {},
): ChildProcess {
  const node = [process.execPath, ...FLAGS, script, ...args];
  const command = canPin() ? ['taskset', '-c', String(core), ...node] : node;
  return spawn(command[0]!, command.slice(1), {
    // Away from the `.env` file of whoever measures.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The first line of its output that the pattern matches. Rejects when the process ends without one. */
export async function firstLine(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const match = pattern.exec(line);
    if (!match) continue;
    child.stdout!.resume();
    return match;
  }
  throw new Error('the process ended without a word');
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function canPin(): boolean {
  if (availableParallelism() < 2) return false;
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
