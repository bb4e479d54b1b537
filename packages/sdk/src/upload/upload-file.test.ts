import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcedName } from './upload-file.ts';

const names: [name: string, announced: string][] = [
  ['holiday', 'holiday'],
  ['a/b: "c" <d>|e?', 'a_b_ _c_ _d__e_'],
  ['中'.repeat(50), '中'.repeat(40)],
  ['🎬'.repeat(41), '🎬'.repeat(40)],
];

for (const [name, announced] of names) {
  test(`${name} is announced as ${announced}`, () => assert.equal(announcedName(name), announced));
}
