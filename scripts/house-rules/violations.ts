import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ARROWS, PACKAGE_ARROWS } from './arrows.ts';

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g;

/** Files that may import anything: tests and what tests need. */
const FREE = /\.test\.ts$|\/testing\/|\/conformance\.ts$|\.conformance\.ts$/;

/** Every broken rule in the checkout at `root`, one line each. */
export async function findViolations(root: string): Promise<string[]> {
  const violations: string[] = [];
  for await (const file of glob('packages/*/**/*.ts', {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  })) {
    if (FREE.test(file)) continue;
    const text = await readFile(path.join(root, file), 'utf8');
    for (const target of importsOf(text)) {
      const problem = judgeImport(file, target);
      if (problem) violations.push(`${file}: ${problem}`);
    }
  }
  return violations.sort();
}

/** The module names that a source imports. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!);
}

/** Why the file must not import the target, or null. Both rules are pure functions of the two names. */
export function judgeImport(file: string, target: string): string | null {
  const [, home = ''] = file.split('/');
  const name = packageOf(file, target);
  if (name && name !== home && !PACKAGE_ARROWS[home]?.includes(name)) {
    return `package ${home} must not import package ${name}`;
  }
  if (home !== 'server') return null;
  const from = roomOf(file);
  const to = name === 'contract' ? 'contract' : target.startsWith('.') ? roomOf(resolve(file, target)) : null;
  if (!from || from === 'outside' || !to || from === to) return null;
  if (/\/tables\.ts$/.test(target)) return `room ${from} must not import the tables of room ${to}`;
  if (to === 'outside')
    return `room ${from} must not import ${target} (only compose.ts and main.ts join parts)`;
  return ARROWS[from]?.includes(to) ? null : `room ${from} must not import room ${to}`;
}

function resolve(file: string, target: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
}

/** Our package that a name belongs to; null for other people's. */
function packageOf(file: string, target: string): string | null {
  const own = /^@openvod\/([a-z]+)/.exec(target);
  if (own) return own[1]!;
  return target.startsWith('.') ? (resolve(file, target).split('/')[1] ?? null) : null;
}

/** The room of a file of packages/server; `outside` for files directly below it; null where no rule holds. */
function roomOf(file: string): string | null {
  const parts = file.split('/');
  if (parts[1] !== 'server') return null;
  if (parts.length > 3) return parts[2]!;
  return 'outside';
}
