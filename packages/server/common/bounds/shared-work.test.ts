import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedWork } from './shared-work.ts';

test('all who ask get the one result, or the one fault', async () => {
  let runs = 0;
  const good = new SharedWork(async () => ++runs);
  assert.deepEqual(await Promise.all([good.join(), good.join(new AbortController().signal)]), [1, 1]);
  const bad = new SharedWork(async () => {
    throw new Error('broken');
  });
  await assert.rejects(bad.join(), /broken/);
  await assert.rejects(bad.join(new AbortController().signal), /broken/);
});

test('the work is told when the last one has left, and not before', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let abandoned: AbortSignal | undefined;
  const work = new SharedWork((signal) => {
    abandoned = signal;
    return promise;
  });
  const [first, second] = [new AbortController(), new AbortController()];
  const waits = [work.join(first.signal), work.join(second.signal)];
  first.abort(new Error('first left'));
  await assert.rejects(waits[0]!, /first left/);
  assert.equal(abandoned?.aborted, false);
  second.abort(new Error('second left'));
  await assert.rejects(waits[1]!, /second left/);
  assert.equal(abandoned?.aborted, true);
  resolve('done all the same');
});

test('who cannot leave keeps the work wanted', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let abandoned: AbortSignal | undefined;
  const work = new SharedWork((signal) => {
    abandoned = signal;
    return promise;
  });
  const stays = work.join();
  const leaving = new AbortController();
  const leaves = work.join(leaving.signal);
  leaving.abort();
  await assert.rejects(leaves, { name: 'AbortError' });
  assert.equal(abandoned?.aborted, false);
  resolve('done');
  assert.equal(await stays, 'done');
});
