import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pacer } from './pacer.ts';

test('a wake is followed by a look, also while wakes keep coming', async () => {
  const looked = Promise.withResolvers<void>();
  const pacer = new Pacer(async () => looked.resolve(), 60_000);
  const waking = setInterval(() => pacer.wake(), 1);
  await looked.promise;
  clearInterval(waking);
  await pacer.stop();
});

test('what a wake announces too early is found by a later look', async () => {
  let ready = false;
  const found = Promise.withResolvers<void>();
  const pacer = new Pacer(async () => {
    if (ready) found.resolve();
  }, 60_000);
  pacer.wake();
  await sleep(60);
  ready = true;
  await found.promise;
  await pacer.stop();
});

test('after the stop nobody looks, and a look under way has ended', async () => {
  let looks = 0;
  let looking = false;
  const begun = Promise.withResolvers<void>();
  const pacer = new Pacer(async () => {
    looks++;
    looking = true;
    begun.resolve();
    await sleep(20);
    looking = false;
  }, 1);
  pacer.wake();
  await begun.promise;
  await pacer.stop();
  assert.equal(looking, false);
  pacer.wake();
  await sleep(30);
  assert.equal(looks, 1);
});
