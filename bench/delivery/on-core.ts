import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

const hasTaskset = await promisify(execFile)('taskset', ['--version']).then(
  () => true,
  () => false,
);

/** Starts a program on one core, where that can be chosen. */
export function onCore(core: number, program: string, args: string[]): ChildProcess {
  const pinned = hasTaskset && cpus().length > core;
  const [command, ...rest] = pinned ? ['taskset', '-c', String(core), program, ...args] : [program, ...args];
  return spawn(command!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}
