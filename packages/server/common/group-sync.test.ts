import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { GroupSync } from './group-sync.ts';

function flushes() {
  const begun: PromiseWithResolvers<void>[] = [];
  const group = new GroupSync(() => {
    const flush = Promise.withResolvers<void>();
    begun.push(flush);
    return flush.promise;
  });
  return { begun, group };
}

test('those who ask during a flush share the next one', async () => {
  const { begun, group } = flushes();
  const first = group.sync();
  await turn();
  assert.equal(begun.length, 1);
  let isDurable = false;
  const others = Promise.all([group.sync(), group.sync(), group.sync()]).then(() => {
    isDurable = true;
  });
  begun[0]?.resolve();
  await first;
  await turn();
  assert.equal(isDurable, false);
  assert.equal(begun.length, 2);
  begun[1]?.resolve();
  await others;
  assert.equal(begun.length, 2);
});

test('a failed flush fails those who waited behind it, and no later one', async () => {
  const { begun, group } = flushes();
  const first = group.sync();
  await turn();
  const second = group.sync();
  begun[0]?.reject(new Error('I/O error'));
  await assert.rejects(first, /I\/O error/);
  await assert.rejects(second, /I\/O error/);
  const third = group.sync();
  await turn();
  assert.equal(begun.length, 2);
  begun[1]?.resolve();
  await third;
});
