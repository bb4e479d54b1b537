import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exactEnoughMs, isPassCheaper, nearestKeyFrame, positionsEvery } from './choose.ts';

test('a time gets the key frame that is nearest, and none where that is too far away', () => {
  const cases: [times: number[], keyFrames: number[], within: number, chosen: (number | null)[]][] = [
    [[0, 1, 2], [0, 2], 1, [0, 0, 2]],
    [[1.1], [0, 2], 1, [2]],
    [[5], [0, 4, 10], 1, [4]],
    [[7], [0, 4, 10], 1, [null]],
    [[12], [0, 4, 10], 5, [10]],
    [[3], [], 5, [null]],
  ];
  for (const [times, keyFrames, within, chosen] of cases)
    assert.deepEqual(
      times.map((time) => nearestKeyFrame(time, keyFrames, within)),
      chosen,
    );
});

test('no key frame is nearer than the chosen one', () => {
  const seconds = fc.double({ min: 0, max: 1000, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(seconds),
      seconds,
      fc.double({ min: 0, max: 20, noNaN: true }),
      (all, time, within) => {
        const keyFrames = all.toSorted((a, b) => a - b);
        const chosen = nearestKeyFrame(time, keyFrames, within);
        const least = Math.min(...keyFrames.map((one) => Math.abs(one - time)));
        assert.equal(chosen === null ? least > within : Math.abs(chosen! - time) === least, true);
      },
    ),
  );
});

test('a pass is for many key frames side by side, a seek for few that are far apart', () => {
  const film = Array.from({ length: 3600 }, (_, i) => i * 2);
  assert.equal(isPassCheaper(film.slice(0, 100), film), true);
  assert.equal(isPassCheaper([0, 10, 20, 30], film), true);
  assert.equal(isPassCheaper([0, 720, 1440], film), false);
  assert.equal(isPassCheaper([], film), false);
});

test('positions are below the end, and a share of the duration gives as many as it says', () => {
  assert.deepEqual(positionsEvery(2000, 100_000, 1000).length, 50);
  assert.deepEqual(positionsEvery(10_000, 10_000, 100), [0]);
  assert.deepEqual(positionsEvery(10_000, 10_001, 100), [0, 10_000]);
  assert.deepEqual(positionsEvery(10_000, 0, 100), [0]);
  for (const durationMs of [1, 7, 139_001, 33_333, 604_800_000])
    assert.equal(positionsEvery(durationMs / 10, durationMs, 100).length, durationMs === 0 ? 1 : 10);
});

test('there are never more positions than allowed: they are further apart then', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 1e9 }),
      (stepMs, durationMs) => {
        const found = positionsEvery(stepMs, durationMs, 50);
        assert.ok(found.length <= 50 && found.every((at) => at === 0 || at < durationMs));
      },
    ),
  );
});

test('what stands for a span of time is at most half of it away, within reason', () => {
  const spans = [1000, 4000, 10_000, 100_000];
  assert.deepEqual(
    spans.map((spanMs) => exactEnoughMs(spanMs, spanMs)),
    [1000, 2000, 5000, 5000],
  );
  assert.deepEqual(
    spans.map((spanMs) => exactEnoughMs(spanMs, spanMs / 4)),
    [2000, 4000, 10_000, 10_000],
  );
});
