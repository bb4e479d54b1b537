import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';

const newFlow = (jobs: number) => ({
  id: 'f',
  appId: '1',
  videoId: '2',
  kind: 'procedure' as const,
  jobs: Array.from({ length: jobs }, (_, n) => ({ type: 'transcode', input: { definition: n } })),
});

function processing(jobs = 2): FlowRecord {
  return state.claim(state.create(newFlow(jobs), 0), { token: 't', until: 100 }, false, 10);
}

/** What must hold of a flow at any time. */
function check(flow: FlowRecord): void {
  assert.equal(flow.lease !== null, flow.status === 'processing');
  assert.equal(flow.finishedAt !== null, flow.status === 'finished');
  assert.ok(flow.attempt >= 0 && flow.attempt <= flow.run);
  assert.ok(flow.faults >= 0 && flow.faults <= flow.attempt);
  assert.ok(flow.changedAt >= flow.createdAt);
  if (flow.status !== 'finished') assert.equal(flow.failure, null);
  for (const [position, job] of flow.jobs.entries()) {
    assert.equal(job.index, position);
    assert.deepEqual(job.input, { definition: position });
    const { status, progress } = job;
    assert.equal(job.output !== null, status === 'succeeded');
    assert.equal(job.failure !== null, status === 'failed');
    assert.equal(job.endedAt !== null, state.hasEnded(job));
    if (status === 'waiting') assert.deepEqual([progress, job.startedAt], [0, null]);
    if (status === 'processing') assert.notEqual(job.startedAt, null);
    assert.ok(progress >= 0 && progress <= 1);
    if (status === 'succeeded') assert.equal(progress, 1);
    if (flow.status === 'waiting') assert.notEqual(status, 'processing');
    if (flow.status === 'finished') assert.ok(state.hasEnded(job));
  }
  const isLost = flow.jobs.length > 0 && flow.jobs.every(({ status }) => status === 'failed');
  if (flow.status === 'finished' && isLost) assert.notEqual(flow.failure, null);
}

const index = fc.nat({ max: 4 });
const step = fc.oneof(
  fc.record({ name: fc.constant('claim' as const), leaseOver: fc.boolean() }),
  fc.record({ name: fc.constant('start' as const), indexes: fc.array(index) }),
  fc.record({ name: fc.constant('advance' as const), index, fraction: fc.double() }),
  fc.record({ name: fc.constant('end' as const), some: fc.array(index), failing: fc.array(index) }),
  fc.record({ name: fc.constant('fail' as const) }),
  fc.record({ name: fc.constant('retry' as const), wait: fc.nat({ max: 10 }) }),
  fc.record({ name: fc.constant('release' as const), wait: fc.nat({ max: 10 }) }),
  fc.record({ name: fc.constant('redo' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function apply(flow: FlowRecord, move: Step, now: number): FlowRecord {
  switch (move.name) {
    case 'claim':
      return state.claim(flow, { token: `t${now}`, until: now + 3 }, move.leaseOver, now);
    case 'start':
      return state.start(flow, move.indexes, now);
    case 'advance':
      return state.advance(flow, new Map([[move.index, move.fraction]]), now);
    case 'end': {
      const outcomes = move.some.map((index) =>
        move.failing.includes(index)
          ? { index, failure: { kind: 'damaged', message: '' } }
          : { index, output: { key: `k${index}` } },
      );
      return state.end(flow, outcomes, {}, now);
    }
    case 'fail':
      return state.fail(flow, { kind: 'system', message: 'lost' }, '', now);
    case 'retry':
      return state.retry(flow, now + move.wait, '', now);
    case 'release':
      return state.release(flow, now + move.wait, now);
    case 'redo':
      return state.redo(flow, now);
  }
}

test('whatever happens to a flow, it is in one of its states, and only through the steps that the state allows', () => {
  const allowed = {
    waiting: ['claim', 'fail'],
    processing: ['claim', 'start', 'advance', 'end', 'fail', 'retry', 'release'],
    finished: ['redo'],
  };
  fc.assert(
    fc.property(fc.nat({ max: 4 }), fc.array(step, { maxLength: 30 }), (jobs, steps) => {
      let flow = state.create(newFlow(jobs), 0);
      check(flow);
      for (const [now, move] of steps.entries()) {
        try {
          const next = apply(flow, move, now);
          assert.ok(allowed[flow.status].includes(move.name), `${move.name} while ${flow.status}`);
          assert.ok(next.run >= flow.run);
          for (const job of flow.jobs) {
            const undone = move.name !== 'redo' && state.hasEnded(job) && next.jobs[job.index] !== job;
            assert.ok(!undone, 'what has ended stays so');
          }
          flow = next;
        } catch (error) {
          if (!(error instanceof state.IllegalStep)) throw error;
          // A claim is also refused before its time, and while another's lease holds.
          assert.ok(!allowed[flow.status].includes(move.name) || move.name === 'claim');
        }
        check(flow);
      }
    }),
    { numRuns: 300 },
  );
});

test('a claim waits for the back-off and for the end of the lease', () => {
  const flow = processing();
  const lease = { token: 'u', until: 200 };
  assert.throws(() => state.claim(flow, lease, false, 50), state.IllegalStep);
  assert.equal(state.claim(flow, lease, true, 50).lease?.token, 'u');
  const backedOff = state.retry(flow, 80, '', 50);
  assert.throws(() => state.claim(backedOff, lease, false, 79), state.IllegalStep);
  assert.equal(state.claim(backedOff, lease, false, 80).attempt, 2);
});

test('a start that was given back is no attempt, yet has a number of its own', () => {
  const again = state.claim(state.release(processing(), 20, 20), { token: 'u', until: 200 }, false, 20);
  assert.deepEqual([again.attempt, again.run], [1, 2]);
});

test('a flow fails only when all its jobs do, and then for the reason of the first', () => {
  const bad = { index: 1, failure: { kind: 'damaged', message: 'the file is damaged' } };
  const partly = state.end(processing(), [{ index: 0, output: {} }, bad], {}, 20);
  assert.deepEqual([partly.failure, partly.jobs[1]!.failure], [null, bad.failure]);
  const first = { kind: 'no-video', message: 'the file has no video' };
  const wholly = state.end(processing(), [{ index: 0, failure: first }, bad], {}, 20);
  assert.deepEqual(wholly.failure, first);
  assert.deepEqual(
    [state.end(processing(0), [], {}, 20)].map(({ status, failure }) => [status, failure]),
    [['finished', null]],
  );
});

test('a flow ends with the last of its jobs; one that is broken off keeps what was done', () => {
  const half = state.end(state.start(processing(), [0, 1], 11), [{ index: 1, output: {} }], {}, 20);
  assert.deepEqual([half.status, half.jobs[1]!.endedAt], ['processing', 20]);
  assert.equal(state.end(half, [{ index: 0, output: {} }], {}, 30).status, 'finished');
  const broken = state.fail(half, { kind: 'cancelled', message: 'deleted' }, '', 30);
  assert.deepEqual(
    [broken.failure?.kind, ...broken.jobs.map(({ status }) => status)],
    ['cancelled', 'failed', 'succeeded'],
  );
});

test('progress does not go back', () => {
  const started = state.start(processing(), [0], 11);
  const half = state.advance(started, new Map([[0, 0.5]]), 12);
  assert.equal(state.advance(half, new Map([[0, 0.2]]), 13).jobs[0]!.progress, 0.5);
});

test('the wait between attempts doubles, up to five minutes', () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((attempt) => state.backOffMs(attempt, 5000)),
    [5000, 10000, 20000, 300000],
  );
});
