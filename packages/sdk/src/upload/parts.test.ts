import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingParts, partSizeFor } from './parts.ts';

const MIB = 1_048_576;

const sizes: [fileMib: number, parts: number, partMib: number][] = [
  [0.1, 1, 4],
  [4, 1, 4],
  [4.5, 5, 1],
  [15, 15, 1],
  [16, 4, 4],
  [1024, 256, 4],
];

for (const [fileMib, parts, partMib] of sizes) {
  test(`a file of ${fileMib} MiB is sent in ${parts} parts of ${partMib} MiB`, () => {
    const partSize = partSizeFor(fileMib * MIB);
    assert.equal(partSize, partMib * MIB);
    assert.equal(missingParts(fileMib * MIB, partSize, []).length, parts);
  });
}

test('what the service has is not sent again, and the last part is what is left', () => {
  const stored = [{ offset: 0 }, { offset: 2 * MIB }];
  assert.deepEqual(missingParts(3.5 * MIB, MIB, stored), [
    { offset: MIB, size: MIB },
    { offset: 3 * MIB, size: 0.5 * MIB },
  ]);
});
