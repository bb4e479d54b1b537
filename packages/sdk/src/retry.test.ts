import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backOffMs } from './retry.ts';
import { missingParts } from './upload/parts.ts';

test('waits double, stay below ten seconds, and are never less than half', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const full = Math.min(10_000, 200 * 2 ** (attempt - 1));
        const wait = backOffMs(attempt, () => random);
        assert.ok(wait >= full / 2 && wait <= full);
      },
    ),
  );
});

test('missing and stored parts together are the file, each byte once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 524_288, max: 5_242_880 }),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      (fileSize, partSize, there) => {
        const all = missingParts(fileSize, partSize, []);
        const stored = all.filter((_part, index) => there[index]);
        const missing = missingParts(fileSize, partSize, stored);
        const bytes = [...missing, ...stored].reduce((sum, part) => sum + part.size, 0);
        assert.equal(bytes, fileSize);
        assert.equal(missing.length + stored.length, all.length);
      },
    ),
  );
});
