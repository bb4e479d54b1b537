import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { Outages, waitMs } from './outages.ts';

function world() {
  const lines: string[] = [];
  const note = (level: string) => (_about: object, message: string) => lines.push(`${level} ${message}`);
  const log = { ...silentLogger, warn: note('warn'), info: note('info') } as unknown as typeof silentLogger;
  const time = { now: 0 };
  return { lines, time, outages: new Outages(log, undefined, () => time.now) };
}

const waits: [elapsed: number, wait: number][] = [
  [0, 1000],
  [1000, 1000],
  [5000.5, 2500],
  [16_000, 8000],
  [60_000, 30_000],
  [10 * 3600_000, 30_000],
];
for (const [elapsed, wait] of waits) {
  test(`after ${elapsed} ms of an outage the next try comes in ${wait} ms`, () =>
    assert.equal(waitMs(elapsed), wait));
}

test('an outage is told once and then rarely, however many tasks meet it; its end is told too', () => {
  const { lines, time, outages } = world();
  for (let seconds = 0; seconds < 3600; seconds += 10) {
    time.now = seconds * 1000;
    for (let task = 0; task < 20; task++) outages.meet('storage', new Error('refused'));
  }
  assert.deepEqual(outages.ongoing(), [{ outage: 'storage', ms: 3_590_000 }]);
  outages.over('storage');
  outages.over('storage');
  assert.deepEqual(lines, [
    ...Array(4).fill('warn tasks wait: the store is out of reach'),
    'info tasks go on: the outage is over',
  ]);
  assert.deepEqual(outages.ongoing(), []);
});

test('an outage that nobody meets any more is not shown, and the next one is a new one', () => {
  const { time, outages } = world();
  outages.meet('space', new Error('full'));
  time.now = 300_000;
  assert.deepEqual(outages.ongoing(), []);
  assert.equal(outages.meet('space', new Error('full')), 1000);
  assert.deepEqual(outages.ongoing(), [{ outage: 'space', ms: 0 }]);
});
