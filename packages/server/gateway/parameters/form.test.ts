import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAX_PARAMETERS } from '@openvod/contract/v2';
import fc from 'fast-check';
import { type Form, parseForm } from './form.ts';

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const cases: [text: string, form: Partial<Form>][] = [
  ['', {}],
  [
    'a=1&b=2',
    {
      pairs: [
        ['a', '1'],
        ['b', '2'],
      ],
    },
  ],
  ['a=b=c', { pairs: [['a', 'b=c']] }],
  ['a', { pairs: [['a', '']] }],
  [
    'a=&b',
    {
      pairs: [
        ['a', ''],
        ['b', ''],
      ],
    },
  ],
  ['&&a=1&', { pairs: [['a', '1']] }],
  ['=1', {}],
  ['a=x+y%20z%2B', { pairs: [['a', 'x y z+']] }],
  ['na%6De=1', { pairs: [['name', '1']] }],
  ['a=http://x/?y', { pairs: [['a', 'http://x/?y']] }],
  ['a=%E4%B8%AD', { pairs: [['a', '中']] }],
  [
    utf8('a=中+é&é=1'),
    {
      pairs: [
        ['a', '中 é'],
        ['é', '1'],
      ],
    },
  ],
  [
    'a=1&name=%E4%B8&b=2',
    {
      pairs: [
        ['a', '1'],
        ['b', '2'],
      ],
      broken: 'name',
    },
  ],
  ['name=%', { broken: 'name' }],
  ['name=%zz&other=%', { broken: 'name' }],
  ['name=%C0%AF', { broken: 'name' }],
  ['name=%ED%A0%80', { broken: 'name' }],
  ['name=\xff', { broken: 'name' }],
  ['name=%00', { broken: 'name' }],
  ['name=\0', { broken: 'name' }],
  ['%ff=1', { broken: '%ff' }],
];

describe('form parser', () => {
  for (const [text, form] of cases) {
    test(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseForm(text), { pairs: [], broken: null, ...form });
    });
  }

  test('agrees with URLSearchParams on everything that is properly encoded', () => {
    const pairs = fc.array(
      fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(pairs, (given) => {
        const clean = given.filter((pair) => !pair.join('').includes('\0'));
        const text = new URLSearchParams(clean).toString();
        assert.deepEqual(parseForm(text), { pairs: clean, broken: null });
      }),
    );
  });

  test('reads raw UTF-8 as it reads the percent-encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        fc.pre(!/[\0%+&]/.test(value));
        assert.deepEqual(parseForm(utf8(`a=${value}`)), { pairs: [['a', value]], broken: null });
      }),
    );
  });

  test('never throws, and what it returns is well-formed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const [name, value] of parseForm(Buffer.from(bytes).toString('latin1')).pairs) {
          assert.ok(name !== '' && name.isWellFormed() && value.isWellFormed());
        }
      }),
    );
  });

  test('stops one after the most parameters allowed', () => {
    assert.equal(parseForm('a&'.repeat(MAX_PARAMETERS * 10)).pairs.length, MAX_PARAMETERS + 1);
  });
});
