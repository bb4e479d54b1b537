import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Outage, OutageError, outageOf } from './outage.ts';

const coded = (code: string) => Object.assign(new Error('words'), { code });

const cases: [what: string, error: unknown, outage: Outage | null][] = [
  ['a full disk', coded('ENOSPC'), 'space'],
  ['a quota', coded('EDQUOT'), 'space'],
  ['a disk that fails', coded('EIO'), 'storage'],
  ['no handles', coded('EMFILE'), 'processes'],
  ['no processes', coded('EAGAIN'), 'processes'],
  ['no memory', coded('ENOMEM'), 'memory'],
  ['an error that says so', new OutageError('storage'), 'storage'],
  ['a cause', new Error('outer', { cause: new Error('inner', { cause: coded('ENOSPC') }) }), 'space'],
  ['a fault of ours', new TypeError('x is not a function'), null],
  ['a row that is there already', coded('23505'), null],
  ['a file that is not there', coded('ENOENT'), null],
  ['an error that says it is none', Object.assign(coded('EIO'), { outage: null }), null],
  ['no error', 'ENOSPC', null],
];
for (const [what, error, outage] of cases) {
  test(`${what}: ${outage ?? 'the work itself'}`, () => assert.equal(outageOf(error), outage));
}

test('causes that go in a circle end', () => {
  const one = new Error('one');
  one.cause = new Error('two', { cause: one });
  assert.equal(outageOf(one), null);
});
