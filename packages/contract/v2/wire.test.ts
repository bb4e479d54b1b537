import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import {
  dateTime,
  extension,
  flag,
  formatDateTime,
  hex,
  int,
  intOf,
  list,
  optional,
  pageNumber,
  pageSize,
  parseDateTime,
  text,
  uploadName,
  withDefault,
  word,
} from './wire.ts';

const REFUSED = Symbol('refused');

const table: [name: string, schema: z.ZodType, cases: [input: unknown, output: unknown][]][] = [
  [
    'int',
    int(),
    [
      ['0', 0],
      ['-12', -12],
      ['+5', 5],
      ['9007199254740991', Number.MAX_SAFE_INTEGER],
      ['9007199254740993', REFUSED],
      ['1.5', REFUSED],
      ['1e3', REFUSED],
      ['0x10', REFUSED],
      ['', REFUSED],
      [' 1', REFUSED],
      [{}, REFUSED],
    ],
  ],
  [
    'int within a range',
    int({ min: 1, max: 3 }),
    [
      ['1', 1],
      ['3', 3],
      ['0', REFUSED],
      ['4', REFUSED],
    ],
  ],
  [
    'intOf',
    intOf(0, 1, 2),
    [
      ['2', 2],
      ['3', REFUSED],
      ['', REFUSED],
      ['0x1', REFUSED],
    ],
  ],
  [
    'flag',
    flag(),
    [
      ['0', false],
      ['1', true],
      ['true', REFUSED],
    ],
  ],
  [
    'text counts characters, not UTF-16 units',
    text({ min: 1, max: 2 }),
    [
      ['视频', '视频'],
      ['😀😀', '😀😀'],
      ['abc', REFUSED],
      ['', REFUSED],
    ],
  ],
  [
    'word',
    word(['WAITING', 'FINISHED'], { Queue: 'WAITING' }),
    [
      ['waiting', 'WAITING'],
      ['QUEUE', 'WAITING'],
      ['constructor', REFUSED],
    ],
  ],
  [
    'hex',
    hex(4),
    [
      ['AB0f', 'ab0f'],
      ['ab0', REFUSED],
      ['ab0g', REFUSED],
      ['ab0f\n', REFUSED],
    ],
  ],
  [
    'extension',
    extension(),
    [
      ['MP4', 'mp4'],
      ['.flv', 'flv'],
      ['../mp4', REFUSED],
      ['', REFUSED],
    ],
  ],
  [
    'uploadName',
    uploadName(),
    [
      ['视'.repeat(40), '视'.repeat(40)],
      ['a'.repeat(41), REFUSED],
      ['a/b', REFUSED],
      ['a"b', REFUSED],
    ],
  ],
  [
    'pageNumber',
    pageNumber(),
    [
      [undefined, 1],
      ['', 1],
      ['0', 1],
      ['-3', 1],
      ['7', 7],
      ['x', REFUSED],
    ],
  ],
  [
    'pageSize',
    pageSize({ default: 10, max: 100 }),
    [
      [undefined, 10],
      ['', 10],
      ['0', 10],
      ['5', 5],
      ['100', 100],
      ['101', 100],
      ['x', REFUSED],
    ],
  ],
  [
    'list',
    list(int(), { min: 1, max: 3 }),
    [
      [{ 1: '10', 4: '20' }, [10, 20]],
      ['10', [10]],
      [{ n: '10' }, [10]],
      [{ 0: '10', 1: '' }, [10]],
      [{ 0: '' }, REFUSED],
      [{ 0: '1', 1: '2', 2: '3', 3: '4' }, REFUSED],
      [undefined, REFUSED],
    ],
  ],
  [
    'optional',
    optional(int()),
    [
      [undefined, undefined],
      ['', undefined],
      ['3', 3],
      ['x', REFUSED],
    ],
  ],
  [
    'withDefault',
    withDefault(int(), -1),
    [
      [undefined, -1],
      ['', -1],
      ['3', 3],
      ['x', REFUSED],
    ],
  ],
  [
    'dateTime',
    dateTime(),
    [
      ['1970-01-01 08:00:00', 0],
      ['1970-1-1 00:00:00', -8 * 3600 * 1000],
      ['2017-10-01 00:00:00', Date.UTC(2017, 8, 30, 16)],
      ['2017-10-01', Date.UTC(2017, 8, 30, 16)],
      ['2016-2-29 1:2:3', Date.UTC(2016, 1, 28, 17, 2, 3)],
      ['2017-02-29 00:00:00', REFUSED],
      ['2017-13-01 00:00:00', REFUSED],
      ['2017-10-01 24:00:00', REFUSED],
      ['2017-10-01T00:00:00Z', REFUSED],
      ['', REFUSED],
    ],
  ],
];

for (const [name, schema, cases] of table) {
  test(`wire type: ${name}`, () => {
    for (const [input, output] of cases) {
      const result = schema.safeParse(input);
      assert.deepEqual(result.success ? result.data : REFUSED, output, JSON.stringify(input));
    }
  });
}

test('a time survives being written and read, to the second', () => {
  const lastSecondOf9999 = 253_402_300_799;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lastSecondOf9999 - 8 * 3600 }), (seconds) => {
      assert.equal(parseDateTime(formatDateTime(seconds * 1000)), seconds * 1000);
    }),
  );
});
