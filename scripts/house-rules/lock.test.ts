import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Lock, lockHoles } from './lock.ts';

const cases: [what: string, packages: Lock['packages'], holes: number][] = [
  ['a lock without optional packages', { '': {}, 'node_modules/a': {} }, 0],
  [
    'an optional package beside its user',
    { 'node_modules/a': { optionalDependencies: { 'a-linux': '1' } }, 'node_modules/a-linux': {} },
    0,
  ],
  [
    'an optional package inside its user',
    {
      'node_modules/a': { optionalDependencies: { 'a-linux': '1' } },
      'node_modules/a/node_modules/a-linux': {},
    },
    0,
  ],
  [
    'an optional package beside the user of its user',
    {
      'node_modules/x/node_modules/a': { optionalDependencies: { 'a-linux': '1' } },
      'node_modules/x/node_modules/a-linux': {},
    },
    0,
  ],
  [
    'a package for another platform that is missing',
    {
      'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-darwin': '1' } },
      'node_modules/a-linux': {},
    },
    1,
  ],
  ['an address of a registry', { 'node_modules/a': { resolved: 'somewhere' } }, 1],
  ['a workspace', { 'node_modules/@openvod/sdk': { resolved: 'packages/sdk', link: true } }, 0],
];

for (const [what, packages, holes] of cases) {
  test(`${what}: ${holes} holes`, () => assert.equal(lockHoles({ packages }).length, holes));
}

test('the lock of the checkout has no hole', async () => {
  assert.deepEqual(lockHoles(JSON.parse(await readFile('package-lock.json', 'utf8'))), []);
});
