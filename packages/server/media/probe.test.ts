import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { probe } from './probe.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from './testing/clips.ts';

const folder = temporaryFolder();
const film = makeClip(folder, 'film.mp4', `${picture('320x180', 2)} ${tone(2)} ${quickH264} -g 12`);

test('an ordinary film', async () => {
  const info = await probe(film);
  assert.deepEqual([info.container, info.durationMs, info.browserPlayable], ['mp4', 2000, true]);
  const [video] = info.video;
  assert.deepEqual([video?.codec, video?.width, video?.height, video?.fps], ['h264', 320, 180, 24]);
  assert.deepEqual([info.audio[0]?.codec, info.audio[0]?.sampleRate], ['aac', 44_100]);
  assert.equal(video?.keyFrameIntervalMs, undefined);
});

test('the distance between key frames, when asked for', async () => {
  const info = await probe(film, { keyFrames: true });
  assert.equal(info.video[0]?.keyFrameIntervalMs, 500);
});

test('a recording whose header has no duration is measured', async () => {
  const stream = makeClip(folder, 'live.mkv', `-i ${film} -c copy -live 1`);
  const { durationMs } = await probe(stream);
  assert.ok(Math.abs(durationMs - 2000) < 100, `${durationMs} ms`);
});

test('a name that looks like an option or a protocol is only a name', async () => {
  const odd = join(folder, '-f=concat:%d.mp4');
  writeFileSync(odd, readFileSync(film));
  assert.equal((await probe(odd)).durationMs, 2000);
});

const secret = join(folder, 'secret.txt');
writeFileSync(secret, 'not for you');
const refused: [string, string | Buffer][] = [
  ['an HLS playlist', `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nfile://${film}\n#EXT-X-ENDLIST\n`],
  ['a concat script', `ffconcat version 1.0\nfile '${film}'\n`],
  ['a session description', 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n'],
  ['a DASH manifest', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"></MPD>'],
  ['text', 'hello'],
  ['nothing', ''],
  ['noise', Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) % 251))],
  ['an MP4 cut off before its index', readFileSync(film).subarray(0, 400)],
];
for (const [name, content] of refused) {
  test(`${name} named .mp4 is refused as damaged`, async () => {
    const path = join(folder, 'upload.mp4');
    writeFileSync(path, content);
    await assert.rejects(probe(path), {
      name: 'MediaError',
      stage: 'probe',
      reason: 'damaged',
      transient: false,
    });
  });
}

test('a picture too large to decode is refused', async () => {
  const huge = makeClip(folder, 'huge.avi', '-f lavfi -i color=s=16000x8000:r=1:d=1 -c:v mjpeg -q:v 30');
  await assert.rejects(probe(huge), { name: 'MediaError', stage: 'probe', reason: 'size-unknown' });
});

test('the error keeps the last words of ffprobe', async () => {
  await assert.rejects(probe(secret), (error: Error & { log: string }) => error.log.includes('secret.txt'));
});

test('an aborted probe rejects with the reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(probe(film, { signal: AbortSignal.abort(reason) }), reason);
});
