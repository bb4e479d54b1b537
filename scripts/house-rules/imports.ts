import path from 'node:path';
import { COMPOSE, FREE, GENERATION } from '../places.ts';
import { ARROWS, PACKAGE_ARROWS } from './arrows.ts';

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g;

/** Folders beside compose.ts that join rooms as it does: what a start opens, what commands do, what an operator sees. */
const JOINTS = new Set(['start', 'commands', 'watching']);

/** What the generations' folders of all rooms share: for those folders, and the `index.ts` that lets them in. */
const SHARED = 'packages/server/common/v2/';

/** Every import of a file of packages/ that breaks a rule, one line each. */
export function importViolations(file: string, text: string): string[] {
  if (!file.startsWith('packages/') || FREE.test(file)) return [];
  return importsOf(text).flatMap((target) => {
    const problem = judgeImport(file, target) ?? judgeGeneration(file, target);
    return problem === null ? [] : [`${file}: ${problem}`];
  });
}

/** The module names that a source imports. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!);
}

/** Why the arrows forbid the file to import the target, or null. */
export function judgeImport(file: string, target: string): string | null {
  const [, home = ''] = file.split('/');
  const name = packageOf(file, target);
  if (name && name !== home && !PACKAGE_ARROWS[home]?.includes(name)) {
    return `package ${home} must not import package ${name}`;
  }
  if (home !== 'server') return null;
  const from = roomOf(file);
  const to = name === 'contract' ? 'contract' : target.startsWith('.') ? roomOf(resolve(file, target)) : null;
  if (!from || !to || from === to) return null;
  if (/\/tables\.ts$/.test(target)) return `room ${from} must not import the tables of room ${to}`;
  if (from === 'outside') return null;
  if (to === 'outside')
    return `room ${from} must not import ${target} (only compose.ts, main.ts and the folders beside them join parts)`;
  return ARROWS[from]?.includes(to) ? null : `room ${from} must not import room ${to}`;
}

/**
 * Why a generation's folder in a room (`library/v2/`) is closed to the file, or null: only that folder's own files, the `index.ts`
 * of its room and compose.ts may look into it.
 */
export function judgeGeneration(file: string, target: string): string | null {
  if (!file.startsWith('packages/server/') || !target.startsWith('.')) return null;
  const wanted = resolve(file, target);
  if (wanted.startsWith(SHARED) && (GENERATION.test(file) || path.posix.basename(file) === 'index.ts'))
    return null;
  const inside = GENERATION.exec(wanted);
  if (!inside) return null;
  const folder = wanted.slice(0, inside.index + inside[0].length);
  const room = roomOf(wanted);
  const mayLook =
    file.startsWith(folder) ||
    file === COMPOSE ||
    // The gateway is made of protocols.
    (roomOf(file) === 'gateway' && room === 'gateway') ||
    (path.posix.basename(file) === 'index.ts' &&
      roomOf(file) === room &&
      folder.startsWith(`${path.posix.dirname(file)}/`));
  return mayLook ? null : `${target} is for the index.ts of its room alone`;
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

/** The room of a file of packages/server; `outside` for what joins the rooms; null where no rule holds. */
function roomOf(file: string): string | null {
  const parts = file.split('/');
  if (parts[1] !== 'server') return null;
  return parts.length > 3 && !JOINTS.has(parts[2]!) ? parts[2]! : 'outside';
}
