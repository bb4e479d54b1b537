import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OutputSpec } from '../output-spec.ts';
import { planTranscode } from '../plan.ts';
import type { Segment } from '../playlist.ts';
import { probe } from '../probe.ts';
import {
  makeClip,
  picture,
  presetAudio,
  presetVideo,
  quickH264,
  temporaryFolder,
  tone,
} from '../testing/clips.ts';
import { transcode } from '../transcode.ts';
import { encryptSegments, keyLine } from './encrypt-segments.ts';

const folder = temporaryFolder();
const key = randomBytes(16);
const keyUri = 'https://keys.example.com/k?edk=a%2Fb';

function decrypted(bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.alloc(16));
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

test('whatever the lengths, each segment decrypts by itself to what it was, and they lie one after the other', async () => {
  const lengths = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(16, 188, 262_144, 262_145)),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(lengths, async (bytes) => {
      const file = join(mkdtempSync(join(folder, 'p-')), 'a.ts');
      const plain = randomBytes(bytes.reduce((sum, one) => sum + one, 0));
      writeFileSync(file, plain);
      let at = 0;
      const segments: Segment[] = bytes.map((length) => {
        at += length;
        return { durationMs: length, start: at - length, end: at - 1 };
      });
      const placed = await encryptSegments(file, segments, { key });
      const secret = readFileSync(file);
      assert.equal(placed.at(-1)!.end + 1, secret.length);
      for (const [i, { durationMs, start, end }] of placed.entries()) {
        assert.equal(start, i === 0 ? 0 : placed[i - 1]!.end + 1);
        assert.equal(durationMs, segments[i]!.durationMs);
        const was = plain.subarray(segments[i]!.start, segments[i]!.end + 1);
        assert.ok(decrypted(secret.subarray(start, end + 1)).equals(was));
      }
    }),
    { numRuns: 40 },
  );
});

test('an encrypted rendition is the plain one, segment by segment; an MP4 beside it is not touched', async () => {
  const source = makeClip(folder, 'film.mp4', `${picture('160x90', 24)} ${tone(24)} ${quickH264} -c:a aac`);
  const spec = (id: number, container: OutputSpec['container']): OutputSpec => ({
    ...{ id, container, video: presetVideo({ width: 160 }), audio: presetAudio },
  });
  const plan = planTranscode(await probe(source), [spec(210, 'hls'), spec(10, 'mp4')], {
    masterPlaylist: true,
  });
  const make = async (name: string, encryption: { key: Buffer; keyUri: string } | null) => {
    const at = mkdtempSync(join(folder, name));
    // With one thread two encodes of the same are alike to the last bit.
    const made = await transcode(source, plan, at, { encryption, threads: 1 });
    return { at, made, read: (file: string) => readFileSync(join(at, file)) };
  };
  const plain = await make('plain-', null);
  const secret = await make('secret-', { key, keyUri });
  assert.ok(plain.read('f0.f10.mp4').equals(secret.read('f0.f10.mp4')));
  assert.deepEqual((await readdir(secret.at)).sort(), (await readdir(plain.at)).sort());
  const rangesOf = (text: Buffer) =>
    [...String(text).matchAll(/\?start=(\d+)&end=(\d+)/g)].map(([, start, end]) => [
      Number(start),
      Number(end) + 1,
    ]);
  const [from, to] = [plain, secret].map(({ read }) => rangesOf(read('f0.f210.m3u8')));
  assert.equal(to!.length, 3);
  for (const [i, [start, end]] of to!.entries()) {
    const [a, b] = from![i]!;
    const opened = decrypted(secret.read('f0.f210.ts').subarray(start, end));
    assert.ok(opened.equals(plain.read('f0.f210.ts').subarray(a, b)), `segment ${i}`);
  }
  const output = secret.made.find(({ definition }) => definition === 210)!;
  const files = ['f0.f210.ts', 'f0.f210.m3u8'].map((name) => statSync(join(secret.at, name)).size);
  assert.equal(output.totalSize, files[0]! + files[1]!);
  const line = `#EXT-X-KEY:METHOD=AES-128,URI="${keyUri}",IV=0x${'0'.repeat(32)}`;
  assert.equal(keyLine({ keyUri }), line);
  assert.ok(String(secret.read('f0.f210.m3u8')).includes(`\n${line}\n#EXTINF`));
});
