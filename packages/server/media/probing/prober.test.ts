import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { probe } from '../probe.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { HeaderThread } from './header-thread.ts';
import { createProber } from './prober.ts';

const folder = temporaryFolder();
const thread = new HeaderThread();
const prober = createProber(thread);
after(() => prober.close());

/** Asserts who tells what the file is, and that both tell the same. */
async function check(path: string, expected: 'headers' | 'ffprobe'): Promise<void> {
  const { headers, doubt } = await thread.read(path);
  assert.equal(headers ? 'headers' : 'ffprobe', expected, doubt ?? 'read from its headers');
  const [ours, theirs] = await Promise.allSettled([prober.probe(path), probe(path, { keyFrames: true })]);
  if (ours.status === 'rejected' || theirs.status === 'rejected') {
    assert.equal(
      ours.status === 'rejected' && ours.reason.message,
      theirs.status === 'rejected' && theirs.reason.message,
    );
    return;
  }
  const [main] = theirs.value.video;
  const known = main && headers?.keyFrameIntervals[main.index];
  // ffprobe is only asked for those of H.264.
  if (known !== undefined && main?.codec === 'h264') assert.equal(known, main.keyFrameIntervalMs);
  if (main) delete main.keyFrameIntervalMs;
  assert.deepEqual(ours.value, theirs.value);
}

const film = makeClip(folder, 'film.mp4', `${picture('320x180', 2)} ${tone(2)} ${quickH264} -g 12`);
const bFrames = makeClip(
  folder,
  'b.mp4',
  `${picture('360x640', 2, 25)} ${tone(2)} -c:v libx264 -preset medium -pix_fmt yuv420p -bf 3 -g 20`,
);
const cover = makeClip(folder, 'cover.png', '-f lavfi -i color=red:s=64x64:d=0.04 -frames:v 1');
const stream = makeClip(folder, 'stream.ts', `-i ${film} -c copy`);
const x265 = (more: string) => `-c:v libx265 -preset ultrafast -x265-params log-level=error${more}`;
const hdr = (transfer: string) =>
  `${x265(`:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`)} -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc ${transfer} -colorspace bt2020nc`;
const short = picture('320x180', 0.5);

const clips: [string, string, string, 'headers' | 'ffprobe'][] = [
  ['H.264 and AAC', 'plain.mp4', `-i ${film} -c copy`, 'headers'],
  ['index at the front', 'front.mp4', `-i ${film} -c copy -movflags +faststart`, 'headers'],
  ['QuickTime', 'plain.mov', `-i ${film} -c copy`, 'headers'],
  ['B-frames', 'delays.mp4', `-i ${bFrames} -c copy`, 'headers'],
  ['turned right', 'right.mp4', `-i ${film} -c copy -metadata:s:v rotate=90`, 'headers'],
  ['upside down', 'down.mp4', `-i ${film} -c copy -metadata:s:v rotate=180`, 'headers'],
  ['turned left', 'left.mov', `-i ${film} -c copy -metadata:s:v rotate=270`, 'headers'],
  [
    'pixels that are not square',
    'wide.mp4',
    `${picture('360x288')} -vf setsar=16/11 ${quickH264}`,
    'headers',
  ],
  [
    '29.97 frames a second',
    'ntsc.mp4',
    `${picture('320x180', 1, 29.97)} -r 30000/1001 ${quickH264}`,
    'headers',
  ],
  ['23.976 frames a second', 'film24.mp4', `${short} -r 24000/1001 ${quickH264}`, 'headers'],
  ['50 frames a second', 'fast.mov', `${picture('320x180', 1, 50)} ${quickH264}`, 'headers'],
  ['a size that is cropped', 'crop.mp4', `${picture('322x182', 0.5)} ${quickH264}`, 'headers'],
  ['main profile, level 3.1', 'main.mp4', `${short} ${quickH264} -profile:v main -level 3.1`, 'headers'],
  ['10 bit H.264', 'high10.mp4', `${short} -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le`, 'headers'],
  [
    'full range',
    'full.mp4',
    `${short} -vf scale=out_range=full -c:v libx264 -preset ultrafast -pix_fmt yuvj420p`,
    'headers',
  ],
  [
    'BT.709 in words',
    'bt709.mp4',
    `${short} ${quickH264} -color_range tv -colorspace bt709 -color_trc bt709 -color_primaries bt709`,
    'headers',
  ],
  [
    'a buffer model',
    'hrd.mp4',
    `${short} ${quickH264} -x264opts nal-hrd=vbr:vbv-maxrate=900:vbv-bufsize=900`,
    'headers',
  ],
  ['parameter sets in the stream', 'from-ts.mp4', `-i ${stream} -c copy`, 'headers'],
  ['H.265', 'hevc.mp4', `${short} ${x265('')} -pix_fmt yuv420p`, 'headers'],
  ['H.265, 10 bit', 'hevc10.mp4', `${short} ${x265('')} -pix_fmt yuv420p10le -tag:v hvc1`, 'headers'],
  ['PQ', 'pq.mp4', `${short} ${hdr('smpte2084')}`, 'headers'],
  ['HLG', 'hlg.mov', `${short} ${hdr('arib-std-b67')}`, 'headers'],
  ['mono', 'mono.mp4', `-i ${film} -c:v copy -c:a aac -ac 1`, 'headers'],
  ['5.1 at 48 kHz', 'surround.mp4', `-i ${film} -c:v copy -c:a aac -ac 6 -ar 48000`, 'headers'],
  ['22.05 kHz without SBR', 'low.mp4', `-i ${film} -c:v copy -c:a aac -ar 22050`, 'headers'],
  ['no sound', 'mute.mp4', `-i ${film} -c copy -an`, 'headers'],
  ['sound only', 'sound.m4a', `-i ${film} -c copy -vn`, 'headers'],
  [
    'two sounds, the second the default',
    'languages.mp4',
    `-i ${film} ${tone(2)} -map 0:v -map 0:a -map 1 -c:v copy -metadata:s:a:0 language=ger -metadata:s:a:1 language=eng -disposition:a:0 0 -disposition:a:1 default`,
    'headers',
  ],
  ['sound before the picture', 'order.mp4', `-i ${film} -map 0:a -map 0:v -c copy`, 'headers'],
  [
    'a cover',
    'cover.mp4',
    `-i ${film} -i ${cover} -map 0 -map 1 -c copy -disposition:v:1 attached_pic`,
    'headers',
  ],
  ['a language of old', 'french.mov', `-i ${film} -c copy -metadata:s:a language=fra`, 'ffprobe'],
  ['a time code', 'code.mov', `-i ${film} -c copy -timecode 01:00:00:00`, 'headers'],
  [
    'sound that starts late',
    'late.mp4',
    `-i ${bFrames} -itsoffset 0.5 -i ${film} -map 0:v -map 1:a -c copy`,
    'headers',
  ],
  ['a beginning that is cut away', 'cut.mp4', `-ss 0.7 -i ${bFrames} -c copy`, 'headers'],
  [
    'chapters',
    'chapters.mp4',
    `-i ${film} -f ffmetadata -i ${chapterFile()} -map 0 -map_metadata 1 -c copy`,
    'ffprobe',
  ],
  [
    'variable frame rate',
    'vfr.mp4',
    `${picture('320x180', 2)} -vf select=not(mod(n\\,5))+lt(n\\,9) -fps_mode vfr ${quickH264}`,
    'ffprobe',
  ],
  ['interlaced', 'fields.mp4', `${short} ${quickH264} -flags +ildct+ilme -x264opts tff=1`, 'ffprobe'],
  ['fields that are told', 'told.mp4', `${short} ${quickH264} -x264opts pic-struct=1`, 'ffprobe'],
  ['4:4:4', 'chroma.mp4', `${short} -c:v libx264 -preset ultrafast -pix_fmt yuv444p`, 'ffprobe'],
  ['MPEG-4 part 2', 'part2.mp4', `${short} -c:v mpeg4`, 'ffprobe'],
  ['MP3 in MP4', 'mp3.mp4', `-i ${film} -c:v copy -c:a libmp3lame`, 'ffprobe'],
  ['fragments', 'fragments.mp4', `-i ${film} -c copy -movflags +frag_keyframe+empty_moov`, 'ffprobe'],
  ['a transport stream', 'plain.ts', `-i ${film} -c copy`, 'ffprobe'],
];
for (const [name, file, args, expected] of clips) {
  test(`${name}: ${expected} and ffprobe say the same`, () => check(makeClip(folder, file, args), expected));
}

function chapterFile(): string {
  const path = join(folder, 'chapters.txt');
  writeFileSync(path, ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=one\n');
  return path;
}

const bytes = readFileSync(film);
const atMoov = bytes.indexOf('moov', 0, 'latin1') - 4;
const enormous = (offset: number, size: number) => {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(size, offset);
  return copy;
};
const odd: [string, Buffer | string][] = [
  ['nothing', ''],
  ['text', 'hello'],
  ['an HLS playlist', `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nfile://${film}\n#EXT-X-ENDLIST\n`],
  ['noise', Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) % 251))],
  ['a film cut off in its media', bytes.subarray(0, bytes.length / 3)],
  ['a film cut off in its index', bytes.subarray(0, bytes.length - 400)],
  ['a first box of 4 GiB', enormous(0, 0xffff_fff0)],
  ['a moov of 4 GiB', enormous(atMoov, 0xffff_fff0)],
  ['a moov that is smaller than its head', enormous(atMoov, 3)],
  ['a child of 4 GiB', enormous(atMoov + 8, 0xffff_fff0)],
  ['a film followed by noise', Buffer.concat([bytes, Buffer.from('noise that is no box')])],
];
for (const [name, content] of odd) {
  test(`${name}, named .mp4, is left to ffprobe`, async () => {
    const path = join(folder, 'odd.mp4');
    writeFileSync(path, content);
    await check(path, 'ffprobe');
  });
}

test('a table of four billion entries costs nothing', async () => {
  const path = join(folder, 'table.mp4');
  for (const table of ['stts', 'stsz', 'stco', 'stss', 'stsc']) {
    const copy = Buffer.from(bytes);
    copy.writeUInt32BE(0xffff_ffff, copy.indexOf(table, 0, 'latin1') + (table === 'stsz' ? 12 : 8));
    writeFileSync(path, copy);
    assert.equal((await thread.read(path)).headers, null, table);
  }
});

test('a hole of 10 GiB is not read', async () => {
  const path = join(folder, 'hole.mp4');
  writeFileSync(path, bytes);
  truncateSync(path, 10 * 1024 ** 3);
  assert.equal((await thread.read(path)).headers, null);
});

test('the distance between key frames is told by the index, where it shows the whole film', async () => {
  const intervalOf = async (path: string) => (await thread.read(path)).headers?.keyFrameIntervals[0];
  assert.equal(await intervalOf(film), 500);
  assert.equal(await intervalOf(bFrames), 800);
  const cut = makeClip(folder, 'cut-again.mp4', `-ss 0.7 -i ${bFrames} -c copy`);
  assert.equal(await intervalOf(cut), undefined);
  assert.equal((await prober.probe(film, { keyFrames: true })).video[0]?.keyFrameIntervalMs, 500);
  assert.equal((await prober.probe(cut, { keyFrames: true })).video[0]?.keyFrameIntervalMs, 800);
});

const footage = process.env.OPENVOD_TEST_FOOTAGE ?? join(import.meta.dirname, '../../../../../shared/media');
const real = existsSync(footage) ? readdirSync(footage).filter((name) => /\.(mp4|mkv)$/.test(name)) : [];
test('real footage', { skip: real.length > 0 ? false : 'no OPENVOD_TEST_FOOTAGE' }, async () => {
  for (const name of real) await check(join(footage, name), name.endsWith('.mp4') ? 'headers' : 'ffprobe');
});

test('an aborted probe rejects with the reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(prober.probe(film, { signal: AbortSignal.abort(reason) }), reason);
});

test('after it is closed, nothing is said against a file', async () => {
  const closed = createProber();
  await closed.probe(film);
  await closed.close();
  await assert.rejects(closed.probe(film), { name: 'MediaError', transient: true });
});
