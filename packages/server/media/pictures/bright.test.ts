import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { probe } from '../probe.ts';
import { makeClip, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { likenessOf, takeBrightPicture } from './bright.ts';

const folder = temporaryFolder();
const out = join(folder, 'cover.jpg');

/** Mean shade of a picture, 0 to 255. */
function shadeOf(file: string): number {
  const args = ['-v', 'error', '-i', file, '-vf', 'scale=32:32,format=rgb24', '-f', 'rawvideo', 'pipe:1'];
  const pixels = execFileSync('ffmpeg', args);
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
}

test('a picture of black or of one colour is not bright', () => {
  const shades = (of: (i: number) => number) =>
    likenessOf(Uint8Array.from({ length: 1024 }, (_, i) => of(i)));
  assert.equal(shades(() => 0).isBright, false);
  assert.equal(shades((i) => (i % 100 === 0 ? 90 : 2)).isBright, false);
  assert.equal(shades(() => 200).isBright, false);
  assert.equal(shades((i) => (i % 2) * 120).isBright, true);
});

test('a film that begins in black gives a later picture', async () => {
  const film = makeClip(
    folder,
    'fade.mp4',
    `-f lavfi -i testsrc2=s=320x180:r=10:d=10,eq=brightness=-1:enable=lt(t\\,4) ${quickH264} -g 10`,
  );
  const size = await takeBrightPicture(film, await probe(film), out);
  assert.deepEqual(size, { width: 320, height: 180 });
  assert.ok(shadeOf(out) > 60, `${shadeOf(out)}`);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('cover')),
    ['cover.jpg'],
  );
});

test('a film that is black from beginning to end still gives a picture', async () => {
  const night = makeClip(folder, 'night.mp4', `-f lavfi -i color=black:s=320x180:r=10:d=2 ${quickH264}`);
  await takeBrightPicture(night, await probe(night), out);
  assert.ok(shadeOf(out) < 20);
});

test('a film with one key frame, at its beginning, gives that one; sound gives none', async () => {
  const film = makeClip(folder, 'one.mp4', `-f lavfi -i testsrc2=s=320x180:r=10:d=3 ${quickH264} -g 999`);
  await takeBrightPicture(film, await probe(film), out);
  assert.ok(shadeOf(out) > 60);
  const song = makeClip(folder, 'song.m4a', tone());
  await assert.rejects(takeBrightPicture(song, await probe(song), out), { reason: 'no-video' });
});
