import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MIN_FREE_FILES, type Room, roomOf, shortageOf } from './room.ts';

const MIB = 1024 ** 2;
const MIN = 1024 * MIB;

const cases: [what: string, room: Room, wanted: number, shortage: RegExp | null][] = [
  ['room', { freeBytes: MIN, freeFiles: MIN_FREE_FILES }, 0, null],
  ['a byte too few', { freeBytes: MIN - 1, freeFiles: null }, 0, /less than 1024 MiB free/],
  ['nothing at all', { freeBytes: 0, freeFiles: null }, 0, /less than 1024 MiB free/],
  ['a file too few', { freeBytes: MIN, freeFiles: MIN_FREE_FILES - 1 }, 0, /no more files/],
  ['no count of files', { freeBytes: MIN, freeFiles: null }, 0, null],
  ['room for what is wanted', { freeBytes: MIN + 5 * MIB, freeFiles: null }, 5 * MIB, null],
  [
    'no room for what is wanted',
    { freeBytes: MIN + 5 * MIB, freeFiles: null },
    5 * MIB + 1,
    /no room for 6 MiB/,
  ],
  ['a film of 200 GiB', { freeBytes: 2 ** 38, freeFiles: null }, 200 * 2 ** 30, null],
];
for (const [what, room, wanted, shortage] of cases) {
  test(`${what}: ${shortage ?? 'no shortage'}`, () => {
    const found = shortageOf(room, MIN, wanted);
    if (shortage === null) assert.equal(found, null);
    else assert.match(found!, shortage);
  });
}

test('a file system that does not count its files is not taken for one without any', () => {
  assert.deepEqual(roomOf({ bavail: 10, bsize: 4096, files: 0, ffree: 0 }), {
    freeBytes: 40_960,
    freeFiles: null,
  });
  assert.deepEqual(roomOf({ bavail: 1, bsize: 512, files: 9, ffree: 0 }), { freeBytes: 512, freeFiles: 0 });
});
