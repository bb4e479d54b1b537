import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breaksConnection, isOutage, postgresFault } from './postgres/faults.ts';
import { sqliteFault } from './sqlite/faults.ts';
import { DatabaseUnavailable, faultLevel } from './unavailable.ts';

const said = (code: string) => Object.assign(new Error('said by the server'), { severity: 'ERROR', code });
const errno = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

const postgres: [what: string, error: unknown, fault: ReturnType<typeof postgresFault>, outage?: boolean][] =
  [
    ['an administrator ends the connection', said('57P01'), 'away', true],
    ['a server that starts', said('57P03'), 'away', true],
    ['a connection that fails', said('08006'), 'away', true],
    ['too many connections', said('53300'), 'busy', true],
    ['a full disk', said('53100'), 'full'],
    ['a disk that fails', said('58030'), 'disk'],
    ['a primary that became a standby', said('25006'), 'away'],
    ['a password that is wrong', said('28P01'), 'away'],
    ['a key that exists already', said('23505'), null],
    ['a mistake in SQL', said('42601'), null],
    ['a query that was cancelled', said('57014'), null],
    ['nobody listens', errno('ECONNREFUSED'), 'away', true],
    ['a broken connection', errno('ECONNRESET'), 'away', true],
    ['a name that is not found', errno('ENOTFOUND'), 'away', true],
    ['the end of a connection', new Error('Connection terminated unexpectedly'), 'away', true],
    ['no answer', new Error('Query read timeout'), 'away', true],
    ['no connection in time', new Error('timeout exceeded when trying to connect'), 'busy', false],
    [
      'an argument of a wrong type',
      Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }),
      null,
    ],
    ['a fault of ours', new TypeError('undefined is not a function'), null],
    ['no error at all', 'ECONNREFUSED', null],
  ];

for (const [what, error, fault, outage = false] of postgres) {
  test(`PostgreSQL, ${what}: ${fault ?? 'not for the database to answer for'}`, () => {
    assert.equal(postgresFault(error), fault);
    assert.equal(breaksConnection(error), fault === 'away');
    assert.equal(isOutage(error), outage);
  });
}

const sqlite = (errcode: number) => Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });
const sqliteFaults: [what: string, error: unknown, fault: ReturnType<typeof sqliteFault>][] = [
  ['another process writes', sqlite(5), 'busy'],
  ['the log is being recovered', sqlite(261), 'busy'],
  ['reading fails', sqlite(10), 'disk'],
  ['reading fails half way', sqlite(522), 'disk'],
  ['the file cannot be opened', sqlite(14), 'disk'],
  ['the disk was made read-only', sqlite(8), 'disk'],
  ['the disk is full', sqlite(13), 'full'],
  ['a flush fails', errno('EIO'), 'disk'],
  ['a flush finds no room', errno('ENOSPC'), 'full'],
  ['a key that exists already', sqlite(19), null],
  ['a mistake in SQL', sqlite(1), null],
  ['a fault of ours', new TypeError('x'), null],
];

for (const [what, error, fault] of sqliteFaults) {
  test(`SQLite, ${what}: ${fault ?? 'not for the disk to answer for'}`, () => {
    assert.equal(sqliteFault(error), fault);
  });
}

test('only what may have been carried out is unsure', () => {
  const unsure = (reason: 'away' | 'busy' | 'full' | 'disk') =>
    new DatabaseUnavailable(reason, said('x'), true).unsure;
  assert.deepEqual((['away', 'busy', 'full', 'disk'] as const).map(unsure), [true, false, false, true]);
  assert.equal(new DatabaseUnavailable('away', said('x'), false).unsure, false);
});

test('of an outage the database tells, of other faults whoever meets them', () => {
  assert.equal(faultLevel(new DatabaseUnavailable('away', said('57P01'), false)), 'debug');
  assert.equal(faultLevel(said('42601')), 'error');
});
