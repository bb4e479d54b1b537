import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pictureSizeOf } from './pictures/shape.ts';
import { probe } from './probe.ts';
import { takeSnapshot } from './snapshot.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from './testing/clips.ts';

const folder = temporaryFolder();
const target = join(folder, 'cover.jpg');
const film = makeClip(folder, 'film.mp4', `${picture('320x180', 2)} ${quickH264}`);

/** Reads the size out of a JPEG's frame header (ITU-T T.81, SOF0). */
async function jpegSize(path: string): Promise<string> {
  const bytes = await readFile(path);
  assert.deepEqual([bytes[0], bytes[1]], [0xff, 0xd8]);
  const header = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  return `${bytes.readUInt16BE(header + 7)}x${bytes.readUInt16BE(header + 5)}`;
}

test('the picture at a time, in the size of the source', async () => {
  assert.deepEqual(await takeSnapshot(film, 1500, target), { width: 320, height: 180 });
  assert.equal(await jpegSize(target), '320x180');
});

test('one edge given, the other follows', async () => {
  await takeSnapshot(film, 0, target, { shape: { width: 100 } });
  assert.equal(await jpegSize(target), '100x56');
});

test('a turned recording is upright', async () => {
  const turned = makeClip(folder, 'turned.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`);
  await takeSnapshot(turned, 0, target, { info: await probe(turned) });
  assert.equal(await jpegSize(target), '180x320');
});

test('files that cannot be searched are read from the beginning', async () => {
  const flv = makeClip(folder, 'film.flv', `${picture('320x180', 2)} -c:v libx264 -pix_fmt yuv420p`);
  for (const atMs of [0, 1000]) {
    await takeSnapshot(flv, atMs, target);
    assert.equal(await jpegSize(target), '320x180');
  }
});

test('a time after the end has its own reason and writes nothing', async () => {
  const late = join(folder, 'late.jpg');
  await assert.rejects(takeSnapshot(film, 2000, late), {
    ...{ name: 'MediaError', stage: 'snapshot', reason: 'seek-beyond-end' },
    message: 'there is no picture at 2 s; the video lasts 2 s',
  });
  assert.equal(existsSync(late), false);
});

test('sound has no picture', async () => {
  await assert.rejects(takeSnapshot(makeClip(folder, 'song.m4a', tone()), 0, target), {
    stage: 'source',
    reason: 'no-video',
  });
});

test('sizes follow the display aspect ratio and are at least one pixel', () => {
  const wide = { displayWidth: 1000, displayHeight: 4 };
  assert.deepEqual(pictureSizeOf(wide, { width: 100, height: null }), { width: 100, height: 1 });
  assert.deepEqual(pictureSizeOf(wide, { width: null, height: 8 }), { width: 2000, height: 8 });
  assert.deepEqual(pictureSizeOf(wide, { width: 30, height: 40 }), { width: 30, height: 40 });
});
