import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Viewers } from './viewers.ts';

test('as many clients as are allowed play an address, each as often as it likes', () => {
  const viewers = new Viewers();
  const admitted = ['a', 'b', 'a', 'c', 'b', 'c', 'a'].map((client) => viewers.admit('sign', client, 2));
  assert.deepEqual(admitted, [true, true, true, false, true, false, true]);
  assert.equal(viewers.admit('another', 'c', 2), true);
});

test('beyond its bound the address that was played first begins anew', () => {
  const viewers = new Viewers(2);
  for (const sign of ['first', 'second', 'third']) assert.ok(viewers.admit(sign, 'a', 1));
  assert.equal(viewers.admit('third', 'b', 1), false);
  assert.equal(viewers.admit('second', 'b', 1), false);
  assert.equal(viewers.admit('first', 'b', 1), true);
});
