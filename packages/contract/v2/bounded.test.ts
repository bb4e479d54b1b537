import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bounded, boundedOf, boundedText } from './bounded.ts';

const bitrate = bounded({ min: 128, max: 10_000 });
const fps = bounded({ min: 1, max: 120, fractions: true });
const edge = bounded({ min: 128, max: 1920, zero: true });
const rate = boundedOf(44_100, 48_000);

const cases: [schema: typeof bitrate, text: string, value: number | null, isBound?: boolean][] = [
  [bitrate, '128', 128],
  [bitrate, '10000', 10_000],
  [bitrate, '-512', 512, true],
  [bitrate, '+512', 512],
  [bitrate, '127', null],
  [bitrate, '-127', null],
  [bitrate, '10001', null],
  [bitrate, '0', null],
  [bitrate, '512.5', null],
  [bitrate, '5e3', null],
  [bitrate, '', null],
  [bitrate, '256000', null],
  [fps, '29.97', 29.97],
  [fps, '-29.97', 29.97, true],
  [fps, '120', 120],
  [fps, '0.5', null],
  [fps, '120.5', null],
  [fps, 'NaN', null],
  [fps, '25.', null],
  [edge, '0', 0],
  [edge, '-0', 0],
  [edge, '127', null],
  [edge, '-1920', 1920, true],
  [rate, '44100', 44_100],
  [rate, '-48000', 48_000, true],
  [rate, '200', null],
];
for (const [schema, text, value, isBound = false] of cases) {
  test(`"${text}" is ${value === null ? 'refused' : `${isBound ? 'at most ' : ''}${value}`}`, () => {
    const read = schema.safeParse(text);
    assert.deepEqual(read.success ? read.data : null, value === null ? null : { value, isBound });
  });
}

test('a figure is read back as it was written', () => {
  const any = fc.record(
    { value: fc.integer({ min: 128, max: 10_000 }), isBound: fc.boolean() },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(any, (figure) => assert.deepEqual(bitrate.parse(String(boundedText(figure))), figure)),
  );
});
