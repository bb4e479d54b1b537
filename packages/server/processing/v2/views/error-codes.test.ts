import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowErrorCode } from './error-codes.ts';

test('task flows tell a faulty source from a failure of the system', () => {
  const cases: [code: number, expected: number][] = [
    [0, 0],
    [-43001, 30009],
    [-45001, 30009],
    [-45029, 30009],
    [-47102, 30009],
    [-47402, 30009],
    [-45101, 30010],
    [-49101, 30010],
    [30010, 30010],
    [-1, 30010],
  ];
  for (const [code, expected] of cases) assert.equal(flowErrorCode(code), expected, String(code));
});
