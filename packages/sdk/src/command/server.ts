import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from './usage.ts';

/** `openvod serve`: runs the server that is installed beside the SDK. */
export function serve(args: string[], signal: AbortSignal): Promise<void> {
  return runServerScript('main.ts', args, signal);
}

/** `openvod keys`: works on the server's database with the server's settings. */
export function keys(args: string[], signal: AbortSignal): Promise<void> {
  return runServerScript('keys.ts', args, signal);
}

/** `openvod apps`: likewise, the account's applications. */
export function apps(args: string[], signal: AbortSignal): Promise<void> {
  return runServerScript('apps.ts', args, signal);
}

/** `openvod settings`: likewise, those of an application. */
export function settings(args: string[], signal: AbortSignal): Promise<void> {
  return runServerScript('settings.ts', args, signal);
}

async function runServerScript(name: string, args: string[], signal: AbortSignal): Promise<void> {
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
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}
