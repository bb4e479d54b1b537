import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeViolations } from './codes.ts';

const CODES = new Set([1, 1000, 1152, 4000, 5000, 10008, -10003, -45001]);
const ROOM = 'packages/server/library/videos/find.ts';

const cases: [text: string, file: string, found: number][] = [
  ['const patienceMs = 5000;', ROOM, 0],
  ['setTimeout(work, 1_000);', ROOM, 0],
  ['const size = 4000 * 1000;', ROOM, 0],
  ['fail({ code: 5000 });', ROOM, 1],
  ['process.exitCode = 1;', ROOM, 0],
  ['const height = 1152;', ROOM, 0],
  ['fail({ code: isGone ? 5000 : 1000 });', ROOM, 2],
  ['if (error.code === 4000) again();', ROOM, 1],
  ['if (stream.code === 7) again();', ROOM, 0],
  ['throw new ApiError(5000, "gone");', ROOM, 1],
  ['const INVALID_CODE = 4000;', ROOM, 1],
  ['switch (code) { case 5000: stop(); }', ROOM, 1],
  ['function codeOf() { return 4000; }', ROOM, 1],
  ['const codeOf = () => 4000;', ROOM, 1],
  ['const anything = 10008;', ROOM, 1],
  ['const anything = 10_008;', ROOM, 1],
  ['const anything = [-45001];', ROOM, 1],
  ['const anything = 45001;', ROOM, 0],
  ['const anything = x - 10003;', ROOM, 0],
  ['// 10008 in a comment, "10008" in a text\nconst text = "10008";', ROOM, 0],
  ['fail({ code: 5000 });', 'packages/server/library/v2/GetVideoInfo.ts', 0],
  ['fail({ code: 5000 });', 'packages/server/gateway/protocols/v2-text.ts', 0],
  ['fail({ code: 5000 });', 'packages/server/gateway/quota.ts', 1],
  ['fail({ code: 5000 });', 'packages/server/library/find.test.ts', 0],
  ['fail({ code: 5000 });', 'packages/contract/errors.ts', 0],
];

for (const [text, file, found] of cases) {
  test(`${found} codes in ${file}: ${text}`, () => {
    assert.equal(codeViolations(file, text, CODES).length, found);
  });
}

test('a violation is found by file and line', () => {
  const [violation] = codeViolations(ROOM, '\n\nconst x = -45001;', CODES);
  assert.match(violation ?? '', /^packages\/server\/library\/videos\/find\.ts:3: -45001 /);
});
