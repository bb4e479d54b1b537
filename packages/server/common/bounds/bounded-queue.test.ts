import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedQueue } from './bounded-queue.ts';

/** Work that ends when it is told to. */
function job() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const it = { hasBegun: false, end: resolve, fail: reject };
  return Object.assign(it, {
    work: () => {
      it.hasBegun = true;
      return promise;
    },
  });
}

test('so much runs at once, the rest in the order of coming, and what is too much can be tried again', async () => {
  const queue = new BoundedQueue('jobs', { atOnce: 2, mayWait: 1 });
  const jobs = [job(), job(), job(), job()];
  const results = jobs.map(({ work }) => queue.run(work));
  await assert.rejects(results[3]!, { kind: 'service.busy', message: /too many jobs wait/ });
  assert.deepEqual([queue.running, queue.waiting], [2, 1]);
  assert.deepEqual(
    jobs.map(({ hasBegun }) => hasBegun),
    [true, true, false, false],
  );
  jobs[1]!.end('second');
  assert.equal(await results[1], 'second');
  assert.equal(jobs[2]!.hasBegun, true);
  const late = job();
  const again = queue.run(late.work);
  for (const { end } of [jobs[0]!, jobs[2]!, late]) end('done');
  assert.deepEqual(await Promise.all([results[0], results[2], again]), ['done', 'done', 'done']);
});

test('a caller who leaves gives up the place in the queue', async () => {
  const queue = new BoundedQueue('jobs', { atOnce: 1, mayWait: 1 });
  const [first, second] = [job(), job()];
  const running = queue.run(first.work);
  const leaving = new AbortController();
  const waiting = queue.run(second.work, leaving.signal);
  leaving.abort(new Error('left'));
  await assert.rejects(waiting, { message: 'left' });
  assert.equal(queue.waiting, 0);
  first.end('done');
  await running;
  assert.equal(second.hasBegun, false);
  await assert.rejects(queue.run(second.work, leaving.signal), { message: 'left' });
});

test('work that has begun keeps its place until it has ended, also when its caller leaves', async () => {
  const queue = new BoundedQueue('jobs', { atOnce: 1, mayWait: 0 });
  const only = job();
  const leaving = new AbortController();
  const running = queue.run(only.work, leaving.signal);
  leaving.abort();
  await assert.rejects(queue.run(job().work), { kind: 'service.busy' });
  only.end('done');
  assert.equal(await running, 'done');
  assert.equal(await queue.run(async () => 'next'), 'next');
});

test('whatever comes, fails and leaves, the bounds hold and everybody is answered', async () => {
  const step = fc.record({ fails: fc.boolean(), leaves: fc.boolean(), turns: fc.nat(3) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      async (steps, atOnce, mayWait) => {
        const queue = new BoundedQueue('jobs', { atOnce, mayWait });
        let running = 0;
        const results = steps.map(({ fails, leaves, turns }) => {
          const leaving = new AbortController();
          if (leaves) setImmediate(() => leaving.abort());
          const work = async () => {
            assert.ok(++running <= atOnce);
            for (let i = 0; i < turns; i++) await new Promise(setImmediate);
            running--;
            if (fails) throw new Error('failed');
          };
          const result = queue.run(work, leaving.signal);
          assert.ok(queue.waiting <= mayWait);
          return result;
        });
        await Promise.allSettled(results);
        assert.deepEqual([queue.running, queue.waiting, running], [0, 0, 0]);
      },
    ),
    { numRuns: 50 },
  );
});
