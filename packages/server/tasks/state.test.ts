import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';

const newFlow = (subTasks: number) => ({
  appId: '1',
  videoId: '2',
  kind: 'procedure' as const,
  subTasks: Array.from({ length: subTasks }, (_, n) => ({ type: 'Transcode', input: { definition: n } })),
});

function processing(subTasks = 2): FlowRecord {
  return state.claim(state.create('f', newFlow(subTasks), 0), { token: 't', until: 100 }, false, 10);
}

/** What must hold of a flow at any time. */
function check(flow: FlowRecord): void {
  assert.equal(flow.lease !== null, flow.status === 'processing');
  assert.equal(flow.finishedAt !== null, flow.status === 'finished');
  assert.ok(flow.attempt >= 0 && flow.attempt <= flow.run);
  assert.ok(flow.faults >= 0 && flow.faults <= flow.attempt);
  assert.ok(flow.changedAt >= flow.createdAt);
  if (flow.status !== 'finished') assert.deepEqual([flow.errorCode, flow.message], [0, '']);
  for (const [position, subTask] of flow.subTasks.entries()) {
    assert.equal(subTask.index, position);
    assert.deepEqual(subTask.input, { definition: position });
    const { status, progress } = subTask;
    assert.equal(subTask.output !== null, status === 'succeeded');
    assert.equal(subTask.errorCode !== 0, status === 'failed');
    assert.ok(progress >= 0 && progress <= 1);
    if (status === 'succeeded') assert.equal(progress, 1);
    if (flow.status === 'waiting') assert.equal(status, 'waiting');
    if (flow.status === 'processing') assert.ok(status === 'waiting' || status === 'processing');
    if (flow.status === 'finished') assert.ok(status === 'succeeded' || status === 'failed');
  }
  const failed = flow.subTasks.filter(({ status }) => status === 'failed').length;
  if (failed > 0) assert.equal(flow.errorCode !== 0, failed === flow.subTasks.length);
}

const index = fc.nat({ max: 4 });
const step = fc.oneof(
  fc.record({ name: fc.constant('claim' as const), leaseOver: fc.boolean() }),
  fc.record({ name: fc.constant('start' as const), indexes: fc.array(index) }),
  fc.record({ name: fc.constant('advance' as const), index, fraction: fc.double() }),
  fc.record({ name: fc.constant('complete' as const), failing: fc.array(index) }),
  fc.record({ name: fc.constant('fail' as const) }),
  fc.record({ name: fc.constant('retry' as const), wait: fc.nat({ max: 10 }) }),
  fc.record({ name: fc.constant('release' as const) }),
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
    case 'complete': {
      const outcomes = flow.subTasks.map(({ index }) =>
        move.failing.includes(index)
          ? { index, errorCode: -45001, message: 'damaged' }
          : { index, output: { key: `k${index}` } },
      );
      return state.complete(flow, outcomes, '', now);
    }
    case 'fail':
      return state.fail(flow, { errorCode: state.SYSTEM_FAILURE, message: 'lost', log: '' }, now);
    case 'retry':
      return state.retry(flow, now + move.wait, '', now);
    case 'release':
      return state.release(flow, now);
    case 'redo':
      return state.redo(flow, now);
  }
}

test('whatever happens to a flow, it is in one of its states, and only through the steps that the state allows', () => {
  const allowed = {
    waiting: ['claim', 'fail'],
    processing: ['claim', 'start', 'advance', 'complete', 'fail', 'retry', 'release'],
    finished: ['redo'],
  };
  fc.assert(
    fc.property(fc.nat({ max: 4 }), fc.array(step, { maxLength: 30 }), (subTasks, steps) => {
      let flow = state.create('f', newFlow(subTasks), 0);
      check(flow);
      for (const [now, move] of steps.entries()) {
        try {
          const next = apply(flow, move, now);
          assert.ok(allowed[flow.status].includes(move.name), `${move.name} while ${flow.status}`);
          assert.ok(next.run >= flow.run);
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
  const again = state.claim(state.release(processing(), 20), { token: 'u', until: 200 }, false, 20);
  assert.deepEqual([again.attempt, again.run], [1, 2]);
});

test('a flow fails only when all its sub-tasks do, and then with the code of the first', () => {
  const bad = { index: 1, errorCode: -45001, message: 'damaged' };
  const partly = state.complete(processing(), [{ index: 0, output: {} }, bad], '', 20);
  assert.deepEqual([partly.errorCode, partly.subTasks[1]!.errorCode], [0, -45001]);
  const wholly = state.complete(
    processing(),
    [{ index: 0, errorCode: -47402, message: 'no video' }, bad],
    '',
    20,
  );
  assert.deepEqual([wholly.errorCode, wholly.message], [-47402, 'no video']);
  assert.equal(state.complete(processing(0), [], '', 20).errorCode, 0);
});

test('a flow cannot be completed with an outcome missing', () => {
  assert.throws(() => state.complete(processing(), [{ index: 0, output: {} }], '', 20), /no outcome/);
});

test('progress does not go back', () => {
  const started = state.start(processing(), [0], 11);
  const half = state.advance(started, new Map([[0, 0.5]]), 12);
  assert.equal(state.advance(half, new Map([[0, 0.2]]), 13).subTasks[0]!.progress, 0.5);
});

test('the wait between attempts doubles, up to five minutes', () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((attempt) => state.backOffMs(attempt, 5000)),
    [5000, 10000, 20000, 300000],
  );
});
