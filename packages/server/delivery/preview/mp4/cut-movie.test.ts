import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openStore } from '../../../storage/index.ts';
import { PreviewError } from '../preview-error.ts';
import { type CutMovie, cutMovie } from './cut-movie.ts';
import { findMovie } from './find-movie.ts';

const SECONDS = 30;
const SOURCE = '-f lavfi -i testsrc2=s=128x72:r=24:d=40 -f lavfi -i sine=d=40';
const ENCODED = '-c:v libx264 -preset fast -bf 3 -g 48 -pix_fmt yuv420p -c:a aac';
let folder = '';

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'openvod-cut-'));
  make('film.mp4', `${SOURCE} ${ENCODED}`);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function at(name: string): string {
  return path.join(folder, name);
}

function make(name: string, args: string): void {
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args.split(' '), at(name)], { cwd: folder });
}

/** The beginning of a file as one of its own; null when that is all of it. */
async function cutFile(name: string, seconds = SECONDS): Promise<CutMovie | null> {
  const store = await openStore(undefined, at('data'));
  try {
    const bytes = readFileSync(at(name));
    await store.put(name, bytes);
    return cutMovie(await findMovie(store, name, bytes.length), seconds);
  } finally {
    await store.close();
  }
}

function written(name: string, { head, start, end }: CutMovie): string {
  const file = at(`cut-${name}`);
  writeFileSync(file, Buffer.concat([head, readFileSync(at(name)).subarray(start, end + 1)]));
  return file;
}

interface Shown {
  duration: number;
  streams: string[];
  /** Checksum of each decoded frame. */
  frames: Record<'v' | 'a', string[]>;
}

/** What a decoder makes of a file; whatever it complains of is an error. */
function shown(file: string): Shown {
  const run = (tool: string, args: string[]) => {
    const out = execFileSync(tool, ['-v', 'error', ...args], { encoding: 'utf8', stdio: 'pipe' });
    return out;
  };
  const entries = ['-show_entries', 'format=duration:stream=codec_name', '-of', 'json', file];
  const { format, streams } = JSON.parse(run('ffprobe', entries));
  const framesOf = (kind: 'v' | 'a') => {
    if (!streams.some((_: unknown, i: number) => i === (kind === 'v' ? 0 : 1))) return [];
    const args = ['-nostdin', '-xerror', '-i', file, '-map', `0:${kind}:0`, '-f', 'framemd5'];
    const out = run('ffmpeg', [...args, '-fps_mode', 'passthrough', '-']);
    return out.split('\n').flatMap((line) => (/^0,/.test(line) ? [line.split(',')[5]!.trim()] : []));
  };
  return {
    duration: Number(format.duration),
    streams: streams.map(({ codec_name }: { codec_name: string }) => codec_name),
    frames: { v: framesOf('v'), a: framesOf('a') },
  };
}

const VARIANTS: [name: string, args: string][] = [
  ['front.mp4', '-i film.mp4 -c copy -movflags +faststart'],
  ['behind.mov', '-i film.mp4 -c copy'],
  ['no-edits.mp4', '-i film.mp4 -c copy -use_editlist 0'],
  ['late.mp4', '-itsoffset 2 -i film.mp4 -i film.mp4 -map 0:v -map 1:a -c copy'],
  ['still.mp4', '-f lavfi -i testsrc2=s=128x72:r=1:d=40 -c:v libx264 -pix_fmt yuv420p'],
  ['pcm.mov', `${SOURCE} -c:v libx264 -preset ultrafast -bf 0 -pix_fmt yuv420p -c:a pcm_s16le`],
];

for (const [name, args] of VARIANTS) {
  test(`the first ${SECONDS} s of ${name} are a film, frame for frame as in the whole`, async () => {
    make(name, args);
    const movie = (await cutFile(name))!;
    const [whole, cut] = [shown(at(name)), shown(written(name, movie))];
    assert.ok(Math.abs(cut.duration - SECONDS) < 0.1, `${cut.duration} s`);
    assert.deepEqual(cut.streams, whole.streams);
    for (const kind of ['v', 'a'] as const) {
      const count = cut.frames[kind].length;
      // What reaches over the end belongs to what is behind it.
      const expected = (whole.frames[kind].length * SECONDS) / whole.duration;
      assert.ok(Math.abs(count - expected) <= Math.max(4, expected * 0.06), `${count} of about ${expected}`);
      const same = kind === 'v' ? Math.max(0, count - 4) : Math.max(0, count - 1);
      assert.deepEqual(cut.frames[kind].slice(0, same), whole.frames[kind].slice(0, same));
    }
    const size = movie.head.length + movie.end - movie.start + 1;
    assert.ok(size < readFileSync(at(name)).length * 0.9);
  });
}

test('what is shorter than that is whole', async () => {
  assert.equal(await cutFile('film.mp4', 41), null);
});

test('films that cannot be cut are told from those that can, with the reason', async () => {
  make('fragments.mp4', '-i film.mp4 -c copy -movflags frag_keyframe+empty_moov');
  await assert.rejects(cutFile('fragments.mp4'), /in fragments/);
  make('pieces.mp4', `-i film.mp4 -c copy -movflags +faststart`);
  const bytes = readFileSync(at('pieces.mp4'));
  const media = bytes.indexOf('elst') + 4;
  // Its one piece becomes a pause that is followed by nothing.
  bytes.writeInt32BE(-1, media + 12);
  writeFileSync(at('pieces.mp4'), bytes);
  await assert.rejects(cutFile('pieces.mp4'), /several pieces/);
  writeFileSync(at('text.mp4'), 'no film at all, but long enough to be one');
  await assert.rejects(cutFile('text.mp4'), PreviewError);
  writeFileSync(at('empty.mp4'), '');
  await assert.rejects(cutFile('empty.mp4'), PreviewError);
});

test('broken tables are refused or cut, never anything else', async () => {
  const store = await openStore(undefined, at('data'));
  const file = readFileSync(at('film.mp4'));
  await store.put('film.mp4', file);
  const movie = await findMovie(store, 'film.mp4', file.length);
  await store.close();
  const change = fc.record({
    place: fc.nat(movie.moov.length - 1),
    value: fc.oneof(fc.nat(255), fc.constantFrom(0, 127, 128, 255)),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(60), (changes, seconds) => {
      const moov = Buffer.from(movie.moov);
      for (const { place, value } of changes) moov[place] = value;
      try {
        const cut = cutMovie({ ...movie, moov }, seconds);
        if (!cut) return;
        assert.ok(cut.start >= 0 && cut.end < file.length && cut.start <= cut.end);
        assert.ok(cut.head.length <= movie.moov.length + 4096);
      } catch (error) {
        assert.ok(error instanceof PreviewError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});
