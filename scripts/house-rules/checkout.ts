import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Checkout {
  /** Every file that is not ignored, and every folder that holds one. */
  paths: ReadonlySet<string>;
  /** The texts that rules look at, by path. */
  sources: ReadonlyMap<string, string>;
}

/** Reads the checkout at `root`: what git knows of and what it would take. */
export async function readCheckout(root: string): Promise<Checkout> {
  const { stdout, status, stderr } = spawnSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`git ls-files: ${stderr}`);
  const files = stdout.split('\n').filter((file) => file !== '');
  const texts = files
    .filter((file) => /\.(ts|mjs|md|yaml)$/.test(file))
    // A file that was removed and not yet committed is still listed.
    .map(async (file) => [file, await readFile(path.join(root, file), 'utf8').catch(() => null)] as const);
  const sources = (await Promise.all(texts)).filter((entry): entry is [string, string] => entry[1] !== null);
  return { paths: new Set(files.flatMap(withFolders)), sources: new Map(sources) };
}

function withFolders(file: string): string[] {
  const parts = file.split('/');
  return parts.map((_, n) => parts.slice(0, n + 1).join('/'));
}
