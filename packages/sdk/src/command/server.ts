import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { UsageError } from './usage.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `openvod serve`: runs the server that is installed beside the SDK, hands on signals, and ends with its exit code. */
export function serve(args: string[]): Promise<void> {
  return runServerScript('main.ts', args);
}

/** `openvod keys`: works on the server's database with the server's settings. */
export function keys(args: string[]): Promise<void> {
  return runServerScript('commands/keys.ts', args);
}

/** `openvod apps`: likewise, the account's applications. */
export function apps(args: string[]): Promise<void> {
  return runServerScript('commands/apps.ts', args);
}

/** `openvod settings`: likewise, those of an application. */
export function settings(args: string[]): Promise<void> {
  return runServerScript('commands/settings.ts', args);
}

async function runServerScript(name: string, args: string[]): Promise<void> {
  let script: string;
  let flags: string[];
  try {
    script = fileURLToPath(import.meta.resolve(`@openvod/server/${name}`));
    const flagsFile = new URL(import.meta.resolve('@openvod/server/node-flags.json'));
    flags = JSON.parse(await readFile(flagsFile, 'utf8')) as string[];
  } catch {
    throw new UsageError('the server is not installed here; run this in a clone of the OpenVOD repository');
  }
  const child = spawn(process.execPath, [...flags, script, ...args], {
    stdio: 'inherit',
  });
  // Each of them, as a second one is another wish; without a listener this process would end before the server.
  const handOn = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, handOn);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
}
