import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cautiousClock } from './cautious-clock.ts';
import { backwardJumps, watchClock } from './clock-watch.ts';

const HOUR = 3600_000;

/** A clock on a wall, which may be set, and time itself. */
function room() {
  const it = { wall: 1_795_000_000_000, time: 5000.25 };
  return {
    it,
    clock: () => it.wall,
    steady: () => it.time,
    pass(ms: number) {
      it.wall += ms;
      it.time += ms;
    },
  };
}

test('a cautious clock is the clock as long as that goes as time does', () => {
  const { it, clock, steady, pass } = room();
  const cautious = cautiousClock(clock, steady);
  for (const ms of [0, 1, 10, HOUR]) {
    pass(ms);
    assert.equal(cautious(), it.wall);
  }
});

test('it does not follow a jump ahead, and is right again when the jump is taken back', () => {
  const { it, clock, steady, pass } = room();
  const cautious = cautiousClock(clock, steady);
  const before = it.wall;
  it.wall += 5 * HOUR;
  pass(1000);
  assert.equal(cautious(), before + 2000);
  it.wall -= 5 * HOUR;
  pass(1000);
  assert.equal(cautious(), before + 2000);
});

test('it has caught up with a clock that was put right after as long as that was wrong', () => {
  const { it, clock, steady, pass } = room();
  const cautious = cautiousClock(clock, steady);
  it.wall += 5 * HOUR;
  pass(5 * HOUR);
  assert.equal(cautious(), it.wall);
});

test('whatever a clock does, the cautious one is never ahead of it, runs at most twice as fast as time, and is whole', () => {
  const step = fc.record({
    jump: fc.integer({ min: -9e7, max: 9e7 }),
    pass: fc.double({ min: 0, max: 1e7, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { it, clock, steady, pass } = room();
      const cautious = cautiousClock(() => Math.floor(clock()), steady);
      let last = cautious();
      for (const { jump, pass: ms } of steps) {
        it.wall += jump;
        pass(ms);
        const now = cautious();
        assert.ok(Number.isInteger(now));
        assert.ok(now <= it.wall);
        assert.ok(now <= last + 2 * ms + 1);
        last = now;
      }
    }),
  );
});

test('a jump ahead that somebody looked at is known when it is taken back, however short it was', () => {
  const { it, clock } = room();
  const went: number[] = [];
  const { now } = watchClock(clock, (ms) => went.push(Math.round(ms / HOUR)));
  it.wall += 5 * HOUR;
  now();
  it.wall -= 5 * HOUR;
  now();
  now();
  assert.deepEqual(went, [5]);
});

test('a clock that goes back is noticed once, with how far it went; one that goes ahead is not', () => {
  const { it, clock, steady, pass } = room();
  const jumped = backwardJumps(clock, steady);
  pass(10_000);
  assert.equal(jumped(), 0);
  it.wall -= 3 * HOUR;
  pass(10_000);
  assert.equal(jumped(), 3 * HOUR);
  assert.equal(jumped(), 0);
  it.wall += 3 * HOUR;
  assert.equal(jumped(), 0);
  it.wall -= 500;
  assert.equal(jumped(), 0);
});
