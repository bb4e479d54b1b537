import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Known, type Meaning, meaningOf, rangeHeaders } from './answer.ts';

const NOTHING: Known = { offset: 0, validator: null };
const HALF: Known = { offset: 50, validator: '"a"' };

const cases: [
  name: string,
  known: Known,
  status: number,
  headers: IncomingHttpHeaders,
  kind: Meaning['kind'],
][] = [
  ['a whole file', NOTHING, 200, {}, 'whole'],
  ['a whole file although part of it is there', HALF, 200, {}, 'whole'],
  ['what is missing', HALF, 206, { 'content-range': 'bytes 50-99/100', etag: '"a"' }, 'rest'],
  ['what is missing, without its tag', HALF, 206, { 'content-range': 'bytes 50-99/100' }, 'rest'],
  [
    'what is missing of a file whose length nobody knows',
    HALF,
    206,
    { 'content-range': 'bytes 50-99/*' },
    'rest',
  ],
  ['what is missing of another file', HALF, 206, { 'content-range': 'bytes 50-99/100', etag: '"b"' }, 'anew'],
  ['another part than was asked for', HALF, 206, { 'content-range': 'bytes 40-99/100' }, 'anew'],
  ['a part without saying which', HALF, 206, {}, 'anew'],
  ['a part that nobody asked for', NOTHING, 206, { 'content-range': 'bytes 0-9/100' }, 'never'],
  ['that nothing is missing', HALF, 416, { 'content-range': 'bytes */50' }, 'end'],
  ['that the file is shorter by now', HALF, 416, { 'content-range': 'bytes */30' }, 'anew'],
  ['a packed body', NOTHING, 200, { 'content-encoding': 'gzip' }, 'never'],
  ['a body that says to be as it is', NOTHING, 200, { 'content-encoding': 'Identity' }, 'whole'],
  ...[408, 425, 429, 500, 502, 503, 504].map(
    (status) => [`a ${status}`, NOTHING, status, {}, 'later'] as (typeof cases)[number],
  ),
  ...[204, 304, 400, 401, 403, 404, 410].map(
    (status) => [`a ${status}`, NOTHING, status, {}, 'never'] as (typeof cases)[number],
  ),
];
for (const [name, known, status, headers, kind] of cases) {
  test(`${name}: ${kind}`, () => assert.equal(meaningOf(status, headers, known).kind, kind));
}

test('a file is gone on with only if something tells that it is the same', () => {
  const validatorOf = (headers: IncomingHttpHeaders) =>
    (meaningOf(200, headers, NOTHING) as { validator: string | null }).validator;
  const time = 'Tue, 24 Nov 2026 15:00:00 GMT';
  assert.equal(validatorOf({ etag: '"x"', 'last-modified': time }), '"x"');
  assert.equal(validatorOf({ etag: 'W/"x"', 'last-modified': time }), time);
  assert.equal(validatorOf({ etag: 'W/"x"' }), null);
  assert.deepEqual(rangeHeaders({ offset: 9, validator: null }), {});
  assert.deepEqual(rangeHeaders({ offset: 9, validator: time }), { range: 'bytes=9-', 'if-range': time });
});

test('whatever a server says of a length, it is a whole number or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (length) => {
      const { total } = meaningOf(200, { 'content-length': length }, NOTHING) as { total: number | null };
      assert.ok(total === null || (Number.isSafeInteger(total) && total >= 0));
    }),
  );
});
