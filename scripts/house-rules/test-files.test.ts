import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateWaits } from './test-files.ts';

const cases: [what: string, text: string, found: number][] = [
  ['a wait before all tests', `const a = await open();\ntest('x', () => {});`, 0],
  ['a wait between two tests', `test('x', () => {});\nconst a = await open();\ntest('y', () => {});`, 1],
  ['a wait between two suites', `describe('x', () => {});\nawait open();`, 1],
  ['a wait in a test', `test('x', async () => { await open(); });`, 0],
  ['a wait in a function', `test('x', () => {});\nasync function open() { await x; }`, 0],
  ['a loop that waits', `test('x', () => {});\nfor await (const x of y) test(x, () => {});`, 1],
];

for (const [what, text, found] of cases) {
  test(`${what}: ${found}`, () => assert.equal(lateWaits('a.test.ts', text).length, found));
}

test('other files may wait where they like', () => {
  assert.deepEqual(lateWaits('a.ts', `test('x', () => {});\nawait open();`), []);
});
