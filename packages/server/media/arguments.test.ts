import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ArgumentOptions, transcodeArguments } from './arguments.ts';
import { filterGraph } from './filters.ts';
import type { VideoStream } from './media-info.ts';
import type { OutputSpec } from './output-spec.ts';
import { type PlanOptions, planTranscode } from './plan.ts';
import { presets, presetVideo } from './testing/clips.ts';
import { mediaInfo, videoStream } from './testing/infos.ts';

function plan(specs: OutputSpec[], source: Partial<VideoStream> = {}, planOptions: PlanOptions = {}) {
  return planTranscode(mediaInfo({ video: [videoStream(source)] }), specs, planOptions);
}

const options: ArgumentOptions = { canToneMap: true, encodePreset: 'veryfast' };

function custom(id: number, changes: Parameters<typeof presetVideo>[0]): OutputSpec {
  return { id, container: 'mp4', video: presetVideo(changes), audio: null };
}

/** What follows each occurrence of an option. */
function values(args: string[], option: string): string[] {
  return args.flatMap((arg, i) => (arg === option ? [args[i + 1]!] : []));
}

test('pictures are scaled from one another after frames are dropped', () => {
  assert.deepEqual(filterGraph(plan(presets(210, 220, 20)), true)?.split(';'), [
    '[0:0]fps=24,scale=640:360,format=yuv420p,setsar=1,split[v0][below0]',
    '[below0]scale=320:180,setsar=1[v1]',
  ]);
});

test('each frame rate has a cascade of its own', () => {
  const graph = filterGraph(plan([custom(1, { fps: 24 }), custom(2, { fps: 30 })]), true);
  assert.deepEqual(graph?.split(';'), [
    '[0:0]split=2[rate0][rate1]',
    '[rate0]fps=24,scale=320:180,format=yuv420p,setsar=1[v0]',
    '[rate1]fps=30,scale=320:180,format=yuv420p,setsar=1[v1]',
  ]);
});

test('interlaced, full range and HDR sources are put right once, at the largest size', () => {
  const source = { interlaced: true, fullRange: true, hdr: true };
  const [first, second] = filterGraph(plan(presets(10, 20), source), true)!.split(';');
  assert.match(first!, /bwdif.*fps=24,scale=640:360:out_range=tv,.*tonemap/);
  assert.doesNotMatch(second!, /bwdif|tonemap|out_range/);
  assert.doesNotMatch(filterGraph(plan(presets(10), source), false)!, /tonemap/);
});

test('a literal size that bends the picture keeps its display aspect ratio', () => {
  const square = custom(1, { width: 400, height: 400, selfAdapting: false });
  assert.match(filterGraph(plan([square]), true)!, /scale=400:400,.*setsar=768000\/432000:max=1000/);
});

test('nothing is filtered when everything is copied', () => {
  assert.equal(filterGraph(plan(presets(9, 6)), true), null);
});

test('files that differ in their container share streams', () => {
  const args = transcodeArguments('film.mp4', plan(presets(10, 210, 220)), options);
  assert.deepEqual(values(args, '-map'), ['[v0]', '[v1]', '0:1']);
  const targets = args
    .at(-1)!
    .split('|')
    .map((target) => [/select=([\d,]+)/.exec(target)?.[1], target.split(']')[1]]);
  assert.deepEqual(targets, [
    ['1,2', 'f0.f10.mp4'],
    ['1,2', 'f0.f210.m3u8'],
    ['0,2', 'f0.f220.m3u8'],
  ]);
});

test('key frames come at fixed times and only there, each at its own distance unless they are to be aligned', () => {
  const specs = [custom(1, { fps: 24, gopFrames: 240 }), custom(2, { fps: 25, gopFrames: 125 })];
  const times = (args: string[]) => [0, 1].flatMap((i) => values(args, `-force_key_frames:v:${i}`));
  const own = transcodeArguments('film.mp4', plan(specs), options);
  assert.deepEqual(times(own), ['expr:gte(t+0.01,n_forced*10)', 'expr:gte(t+0.01,n_forced*5)']);
  const aligned = transcodeArguments('film.mp4', plan(specs, {}, { alignKeyFrames: true }), options);
  assert.deepEqual(times(aligned), ['expr:gte(t+0.01,n_forced*5)', 'expr:gte(t+0.01,n_forced*5)']);
  for (const args of [own, aligned]) {
    for (const i of [0, 1]) assert.deepEqual(values(args, `-sc_threshold:v:${i}`), ['0']);
  }
});

test('x264 works as slowly as it is told', () => {
  const args = transcodeArguments('film.mp4', plan(presets(10, 20)), { ...options, encodePreset: 'slow' });
  assert.deepEqual(
    [0, 1].flatMap((i) => values(args, `-preset:v:${i}`)),
    ['slow', 'slow'],
  );
});

test('a turned picture that is copied says so itself where the container cannot', () => {
  const filters = (codec: string) => {
    const args = transcodeArguments('film.mp4', plan(presets(9, 6), { codec, rotation: 90 }), options);
    return [0, 1].map((i) => values(args, `-bsf:v:${i}`));
  };
  assert.deepEqual(filters('h264'), [[], ['h264_metadata=display_orientation=insert:rotate=-90']]);
  assert.deepEqual(filters('hevc'), [[], []]);
});

test('the source is opened by the whitelisted protocol and demuxers only, under an absolute name', () => {
  const args = transcodeArguments('-f', plan(presets(10)), { ...options, threads: 2 });
  assert.deepEqual(values(args, '-protocol_whitelist'), ['file']);
  assert.match(values(args, '-i')[0]!, /^file:\/.*\/-f$/);
  assert.doesNotMatch(values(args, '-format_whitelist')[0]!, /hls|concat|dash|image2|sdp|rtsp|lavfi/);
  assert.deepEqual(values(args, '-threads'), ['2', '2']);
  assert.ok(args.includes('-nostdin'));
});
