import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ended, exitCode, report, table } from './campaign.ts';

const held: Ended = {
  name: 'kills',
  took: 1000,
  outcome: { figures: [['kills', 500]], lost: [], broken: [] },
};
const lost: Ended = { ...held, outcome: { figures: [], lost: ['a film'], broken: [] } };
const broken: Ended = { ...held, outcome: { figures: [], lost: [], broken: ['a bound'] } };
const skipped: Ended = { ...held, outcome: { skipped: 'no PostgreSQL' } };

const codes: [what: string, all: Ended[], code: number][] = [
  ['all held', [held, held], 0],
  ['something was lost', [held, lost], 1],
  ['a bound was broken', [broken, held], 1],
  ['one could not run', [skipped, held], 0],
];

for (const [what, all, code] of codes)
  test(`${what}: the exit code is ${code}`, () => assert.equal(exitCode(all), code));

test('a report says what was tried and lost, and names what was skipped', () => {
  assert.deepEqual(report(held), [
    '## kills: held (1 s)',
    '  kills: 500',
    '  lost: nothing',
    '  broken: nothing',
  ]);
  assert.deepEqual(report(skipped), ['## kills: SKIPPED', 'no PostgreSQL']);
  assert.ok(report(lost).includes('    a film'));
});

test('of very many losses the first are shown and all are counted', () => {
  const many: Ended = {
    ...held,
    outcome: { figures: [], lost: Array<string>(1000).fill('a film'), broken: [] },
  };
  const lines = report(many);
  assert.ok(lines.includes('  lost: 1000'));
  assert.ok(lines.includes('    … and 980 more'));
  assert.equal(lines.filter((line) => line === '    a film').length, 20);
});

test('the table has a row for each campaign', () => {
  const rows = table([held, skipped]);
  assert.equal(rows[2], '| kills | kills 500 | 0 | 0 |');
  assert.equal(rows[3], '| kills | skipped | | |');
});
