import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PLANNED_ACTIONS } from '../../packages/contract/v2/index.ts';

const TAKEN = [
  'packages',
  'scripts',
  'docs',
  'e2e',
  'biome.json',
  'package.json',
  'tsconfig.json',
  '.gitignore',
];
const NOT_TAKEN = /(^|\/)(node_modules|dist)$/;

/** An action of the original that is not offered yet. */
const NAME = PLANNED_ACTIONS.at(-1)?.name ?? 'MakeCoffee';

let checkout: string;

/** Runs a command in a copy of the checkout; the words it said, and whether it went well. */
function run(command: string, ...args: string[]): { ok: boolean; said: string } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: checkout, env, encoding: 'utf8' });
  return { ok: status === 0, said: stdout + stderr };
}

before(async () => {
  checkout = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  for (const name of TAKEN)
    await cp(name, path.join(checkout, name), { recursive: true, filter: (file) => !NOT_TAKEN.test(file) });
  await linkModules();
});
after(() => rm(checkout, { recursive: true }));

/** Other people's packages are those of the checkout; our own are those of the copy. */
async function linkModules(): Promise<void> {
  const modules = path.join(checkout, 'node_modules');
  await mkdir(path.join(modules, '@openvod'), { recursive: true });
  for (const name of await readdir('node_modules'))
    if (name !== '@openvod') await symlink(path.resolve('node_modules', name), path.join(modules, name));
  for (const name of await readdir('packages'))
    await symlink(path.join(checkout, 'packages', name), path.join(modules, '@openvod', name));
}

test('a new action compiles, is well formed, passes its tests and is in the reference', async () => {
  const steps: [command: string, ...args: string[]][] = [
    [process.execPath, 'scripts/new-action.ts', 'media', NAME],
    ['node_modules/.bin/tsc', '-p', '.'],
    ['node_modules/.bin/biome', 'check', '--vcs-enabled=false', 'packages'],
    [process.execPath, 'scripts/test.ts', NAME, 'contract/actions.test'],
  ];
  for (const [command, ...args] of steps) {
    const { ok, said } = run(command, ...args);
    assert.ok(ok, `${command} ${args.join(' ')}: ${said}`);
  }
  assert.match(
    await readFile(path.join(checkout, 'docs/api/media.md'), 'utf8'),
    new RegExp(`^## ${NAME}$`, 'm'),
  );
});

test('it is refused by name where it cannot be', () => {
  for (const [args, word] of [
    [['media', 'clipVideo'], /as on the wire/],
    [['films', 'ClipVideo'], /group must be one of media/],
    [['media', 'GetVideoInfo'], /is there already/],
  ] as const) {
    const { ok, said } = run(process.execPath, 'scripts/new-action.ts', ...args);
    assert.equal(ok, false);
    assert.match(said, word);
  }
});
