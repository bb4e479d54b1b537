import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SwitchedOff } from './switched-off.ts';
import type { Application } from './types.ts';

const application = (appId: string, switchedOff: boolean): Application => {
  return { appId, accountId: '1', name: '', createdAt: 0, switchedOff };
};

test('what was just read is known without waiting', () => {
  const off = new SwitchedOff();
  off.learn([application('2', true), application('3', false)]);
  assert.deepEqual(
    ['2', '3', '4'].map((appId) => off.has(appId, {})),
    [true, false, false],
  );
});

test('what is being read is waited for', async () => {
  const off = new SwitchedOff();
  const reading = Promise.resolve().then(() => off.learn([application('2', true)]));
  assert.equal(await off.has('2', reading), true);
});

for (const [name, reading] of [
  ['fails', () => Promise.reject(new Error('the database is away'))],
  ['does not answer', () => new Promise(() => {})],
] as const) {
  test(`while the database ${name}, what was known last holds, and playback waits for it once`, async () => {
    const off = new SwitchedOff();
    off.learn([application('2', true)]);
    assert.deepEqual([await off.has('2', reading()), await off.has('3', reading())], [true, false]);
    assert.equal(off.has('2', reading()), true, 'no promise any more');
  });
}
