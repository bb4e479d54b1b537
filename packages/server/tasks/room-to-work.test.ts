import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomToWork } from './room-to-work.ts';

test('a worker waits until there is room', async () => {
  let looks = 0;
  const disk = { shortage: async () => (++looks < 5 ? 'full' : null) };
  await new RoomToWork(disk, 1).wait();
  assert.equal(looks, 5);
});

test('a worker that stops does not wait, nor begins to', async () => {
  const room = new RoomToWork({ shortage: async () => 'full' }, 1_000_000);
  const waiting = room.wait();
  await new Promise(setImmediate);
  room.stop();
  await waiting;
  await room.wait();
});

test('without a disk to ask there is room', () => new RoomToWork().wait());
