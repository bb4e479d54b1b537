import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const SCRIPT = path.resolve('scripts/test.ts');

const FILES: Record<string, string> = {
  'good.test.ts': `import { test } from 'node:test'; test('one', () => {}); test('two', () => {});`,
  'bad.test.ts': `import { test } from 'node:test'; test('wrong', () => { console.error('a clue'); throw new Error('no'); });`,
  'left-out.test.ts': `import { test } from 'node:test'; test('later', { skip: 'not on this machine' }, () => {});`,
  'unloadable.test.ts': `import './nothing-here.ts';`,
  'many.test.ts': `import { test } from 'node:test'; setInterval(() => {}, 1000);
    for (let n = 0; n < 2000; n++) test(String(n), (t) => t.diagnostic('x'.repeat(2000)));`,
  'killed.test.ts': `process.kill(process.pid, 'SIGKILL');`,
};

let checkout: string;

before(async () => {
  checkout = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  await mkdir(path.join(checkout, 'packages'));
  for (const [name, text] of Object.entries(FILES))
    await writeFile(path.join(checkout, 'packages', name), text);
});
after(() => rm(checkout, { recursive: true }));

const HANGS = `import { test } from 'node:test'; test('for ever', () => new Promise(() => setInterval(() => {}, 1000)));`;

/** What `npm test` would say and answer in the small checkout. */
function run(...args: string[]): { lines: string[]; status: number | null } {
  // Node runs no tests inside a test, which it knows by this variable.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd: checkout,
    env,
    encoding: 'utf8',
    // As the continuous integration has it, all of it is printed.
    maxBuffer: 64 * 1024 ** 2,
  });
  return { lines: stdout.trimEnd().split('\n'), status };
}

const runs: [args: string[], last: string, status: number][] = [
  [['good'], '2 passed, 0 failed, 0 skipped', 0],
  [['good', 'bad'], '2 passed, 1 failed, 0 skipped', 1],
  [['left-out'], '0 passed, 0 failed, 1 skipped', 0],
  [['unloadable'], '0 passed, 1 failed, 0 skipped', 1],
  [['killed'], '0 passed, 1 failed, 0 skipped', 1],
  // More than a pipe holds, from a file that leaves something open.
  [['many'], '2000 passed, 0 failed, 0 skipped', 0],
  [['good', '--name', 'tw.'], '1 passed, 0 failed, 0 skipped', 0],
  [['good', '--name', 'three'], '0 passed, 1 failed, 0 skipped', 1],
  [['no-such-file'], '0 passed, 1 failed, 0 skipped', 1],
  [['--no-such-option'], '0 passed, 1 failed, 0 skipped', 1],
];

for (const [args, last, expected] of runs) {
  test(`npm test -- ${args.join(' ')} ends with "${last}"`, () => {
    const { lines, status } = run(...args);
    assert.equal(lines.at(-1), last);
    assert.equal(status, expected);
  });
}

test('everything at once: who failed and who was skipped is named, and what the failed file wrote is shown', () => {
  const { lines } = run();
  assert.equal(lines.at(-1), '2002 passed, 3 failed, 1 skipped');
  for (const line of [
    'SKIPPED packages/left-out.test.ts: later — not on this machine',
    'FAILED packages/bad.test.ts: wrong',
    'FAILED packages/killed.test.ts: the file itself',
    'a clue',
  ])
    assert.ok(lines.includes(line), line);
});

test('a file that hangs is ended, and named', async () => {
  const file = path.join(checkout, 'packages', 'hangs.test.ts');
  await writeFile(file, HANGS);
  const { lines, status } = run('hangs', '--timeout', '3');
  await rm(file);
  assert.equal(status, 1);
  assert.ok(
    lines.some((line) => line.startsWith('FAILED packages/hangs.test.ts')),
    lines.join('\n'),
  );
  assert.match(lines.at(-1)!, /^0 passed, [12] failed, 0 skipped$/);
});
