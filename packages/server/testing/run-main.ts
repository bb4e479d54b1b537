import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import FLAGS from '../node-flags.json' with { type: 'json' };

/** The server as an operator starts it. */
export interface RunningMain {
  child: ChildProcess;
  exitCode: Promise<number | null>;
  /** Standard output and standard error so far. */
  output(): string;
  errors(): string;
  /** Resolves with the first line of its output that is like `pattern`; rejects when it ends without one. */
  says(pattern: RegExp): Promise<string>;
}

const MAIN = path.resolve(import.meta.dirname, '../main.ts');

/**
 * Starts main.ts on a free port with a data folder of its own, which goes when the process ends.
 * @param prepare is given that folder before the start
 */
export async function runMain(
  env: Record<string, string>,
  prepare: (dataDir: string) => Promise<void> = async () => {},
): Promise<RunningMain> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-main-'));
  await prepare(dataDir);
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    cwd: dataDir,
    env: { PATH: process.env.PATH, OPENVOD_DATA_DIR: dataDir, OPENVOD_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const one of waiting) one();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  let ended = false;
  const exitCode = once(child, 'close').then(async ([code]) => {
    ended = true;
    wake();
    await rm(dataDir, { recursive: true, force: true });
    return code as number | null;
  });
  return {
    child,
    exitCode,
    output: () => lines.join('\n'),
    errors: () => errors,
    async says(pattern) {
      for (;;) {
        const found = lines.find((line) => pattern.test(line));
        if (found !== undefined) return found;
        if (ended) throw new Error(`the server ended early: ${errors}`);
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}
