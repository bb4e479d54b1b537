import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type EncodePreset,
  keyFramesMatter,
  type OutputSpec,
  planTranscode,
  probe,
  transcode,
} from '../packages/server/media/index.ts';
import { makeFullHdFilm } from './full-hd-film.ts';
import { childSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';

const execute = promisify(execFile);

interface Rung {
  id: number;
  container: 'mp4' | 'hls';
  width: number;
  height: number;
  /** bit/s */
  bitrate: number;
  profile: 'baseline' | 'main' | 'high';
}

/** 210, 220, 230, 240 and 30 of the contract's presets. */
const rungs: Rung[] = [
  { id: 240, container: 'hls', width: 1920, height: 1080, bitrate: 2_500_000, profile: 'high' },
  { id: 230, container: 'hls', width: 1280, height: 720, bitrate: 1_024_000, profile: 'high' },
  { id: 30, container: 'mp4', width: 1280, height: 720, bitrate: 1_024_000, profile: 'high' },
  { id: 220, container: 'hls', width: 640, height: 360, bitrate: 512_000, profile: 'main' },
  { id: 210, container: 'hls', width: 320, height: 180, bitrate: 256_000, profile: 'baseline' },
];

/** A faster encode must not be a worse one: SSIM against the source, as a share of the reference's. */
const QUALITY_AIM = 0.999;
const QUALITY_SECONDS = 10;

/**
 * One 1080p source to 210, 220, 230, 240 and 30: our pipeline (probe, plan, encode, check) against the best single
 * ffmpeg command we could write by hand, and against one process for each file. All use the same encoder settings; the
 * first comparison is made at two of `OPENVOD_ENCODE_PRESET`'s values, with the quality of each output.
 *
 * `BENCH_SECONDS` shortens the source (default 60).
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const seconds = Number(process.env.BENCH_SECONDS ?? 60);
  const source = await makeFullHdFilm(seconds);
  // Twice in turns, the faster one counts: other work on the machine only ever adds.
  const fast = await bothWays(source, seconds, 'veryfast', 2);
  const separate = [
    await measure(seconds, source, (folder) => separateProcesses(source, folder, 'veryfast')),
  ];
  const slow = await bothWays(source, seconds, 'medium', 1);
  return {
    name: `transcode ${seconds} s of 1080p to 210, 220, 230, 240 and 30`,
    rows: [
      ...compare('veryfast: the best single hand-written command', fast.ours, fast.single, 1.03),
      ...compareQuality('veryfast', fast.ours, fast.single),
      ...compare('veryfast: one ffmpeg process for each file', fast.ours, separate, 0.5),
      ...compare('medium: the best single hand-written command', slow.ours, slow.single, 1.03),
      ...compareQuality('medium', slow.ours, slow.single),
    ],
  };
}

async function bothWays(source: string, seconds: number, preset: EncodePreset, rounds: number) {
  const single: Cost[] = [];
  const ours: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    single.push(await measure(seconds, source, (folder) => singleCommand(source, folder, preset)));
    ours.push(await measure(seconds, source, (folder) => ourPipeline(source, folder, preset)));
  }
  return { single, ours };
}

/** Seconds that passed, and seconds that processors worked: on a busy machine only the second says much. */
interface Cost {
  elapsed: number;
  worked: number;
  /** SSIM of each output against the source, by id. */
  quality: Map<number, number>;
}

/** A row for each output. */
function compareQuality(preset: EncodePreset, [ours]: Cost[], [reference]: Cost[]): Row[] {
  return rungs.map(({ id }) => {
    const [a, b] = [ours?.quality.get(id) ?? 0, reference?.quality.get(id) ?? 0];
    return {
      ...{ label: `${preset}: SSIM of ${id}`, ours: a, reference: b, ratio: a / b },
      ...{ aim: `>= ${QUALITY_AIM}`, ok: a / b >= QUALITY_AIM },
    };
  });
}

function compare(label: string, ours: Cost[], reference: Cost[], most: number): Row[] {
  const rows: Row[] = [];
  for (const [unit, of] of [
    ['elapsed', (cost: Cost) => cost.elapsed],
    ['processor time', (cost: Cost) => cost.worked],
  ] as const) {
    const [a, b] = [Math.min(...ours.map(of)), Math.min(...reference.map(of))];
    rows.push({
      label: `${label}, ${unit}`,
      ours: a,
      reference: b,
      ratio: a / b,
      aim: `<= ${most}`,
      ok: a / b <= most,
    });
  }
  return rows;
}

/** Runs in a folder of its own and counts only if every file came out right. */
async function measure(
  seconds: number,
  source: string,
  make: (folder: string) => Promise<void>,
): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-bench-'));
  try {
    const [start, before] = [performance.now(), childSeconds()];
    await make(folder);
    const cost = { elapsed: (performance.now() - start) / 1000, worked: childSeconds() - before };
    await verify(folder, seconds);
    const quality = new Map<number, number>();
    for (const rung of rungs) quality.set(rung.id, await similarity(folder, source, rung));
    return { ...cost, quality };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ourPipeline(source: string, folder: string, encodePreset: EncodePreset): Promise<void> {
  const specs = rungs.map(
    ({ id, container, ...video }): OutputSpec => ({
      ...{ id, container, audio: { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 } },
      video: { codec: 'h264', selfAdapting: true, fps: 24, gopFrames: 250, ...video },
    }),
  );
  let info = await probe(source);
  if (keyFramesMatter(info, specs)) info = await probe(source, { keyFrames: true });
  const plan = planTranscode(info, specs);
  await transcode(source, plan, folder, { encodePreset });
}

/** One decode, cascaded scaling, and 30 beside 230 out of one encode: what an expert would type. */
async function singleCommand(source: string, folder: string, preset: EncodePreset): Promise<void> {
  const graph = [
    '[0:v]fps=24,split[v240][a]',
    '[a]scale=1280:720,split[v230][b]',
    '[b]scale=640:360,split[v220][c]',
    '[c]scale=320:180[v210]',
  ].join(';');
  const outputs = rungs
    .filter((rung) => rung.id !== 30)
    .flatMap((rung) => [
      ...['-map', `[v${rung.id}]`, '-map', '0:a', ...encoder(rung, preset)],
      ...(rung.id === 230
        ? [
            '-flags',
            '+global_header',
            '-f',
            'tee',
            `[${hls.tee}]f0.f230.m3u8|[f=mp4:movflags=+faststart]f0.f30.mp4`,
          ]
        : target(rung)),
    ]);
  await ffmpeg(folder, ['-i', source, '-filter_complex', graph, ...outputs]);
}

async function separateProcesses(source: string, folder: string, preset: EncodePreset): Promise<void> {
  for (const rung of rungs) {
    const scale = `fps=24,scale=${rung.width}:${rung.height}`;
    await ffmpeg(folder, ['-i', source, '-vf', scale, ...encoder(rung, preset), ...target(rung)]);
  }
}

const hls = {
  tee: 'f=hls:hls_time=10:hls_list_size=0:hls_playlist_type=vod:hls_flags=single_file',
  alone: ['-f', 'hls', '-hls_time', '10', '-hls_playlist_type', 'vod', '-hls_flags', 'single_file'],
};

/** The settings of our own encodes (packages/server/media/arguments.ts), without which the times would not compare. */
function encoder({ bitrate, profile }: Rung, preset: EncodePreset): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-profile:v', profile, '-pix_fmt', 'yuv420p', '-g', '250'],
    ...['-sc_threshold', '0'],
    ...['-b:v', `${bitrate}`, '-maxrate', `${bitrate * 1.5}`, '-bufsize', `${bitrate * 2}`],
    ...['-c:a', 'aac', '-b:a', '48000', '-ac', '2', '-ar', '44100'],
  ];
}

function target({ id, container }: Rung): string[] {
  return container === 'hls'
    ? [...hls.alone, `f0.f${id}.m3u8`]
    : ['-movflags', '+faststart', `f0.f${id}.mp4`];
}

async function ffmpeg(folder: string, args: string[]): Promise<void> {
  await execute('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { cwd: folder });
}

/** How like its source a picture is, 0 to 1, over the first seconds (ffmpeg's ssim). */
async function similarity(folder: string, source: string, rung: Rung): Promise<number> {
  const { id, container, width, height } = rung;
  const made = `f0.f${id}.${container === 'hls' ? 'ts' : 'mp4'}`;
  // A transport stream's picture begins a moment after its sound.
  const from0 = 'setpts=PTS-STARTPTS,fps=24';
  const graph = `[1:v]${from0},scale=${width}:${height}[a];[0:v]${from0}[b];[b][a]ssim`;
  const part = ['-t', String(QUALITY_SECONDS)];
  const inputs = [...part, '-i', made, ...part, '-i', source];
  const { stderr } = await execute(
    'ffmpeg',
    ['-nostdin', '-hide_banner', ...inputs, '-lavfi', graph, '-f', 'null', '-'],
    { cwd: folder },
  );
  const found = /SSIM.*All:([\d.]+)/.exec(stderr);
  if (!found) throw new Error(`no SSIM of ${id}`);
  return Number(found[1]);
}

async function verify(folder: string, seconds: number): Promise<void> {
  for (const { id, container, width, height } of rungs) {
    const { video, audio, durationMs } = await probe(
      join(folder, `f0.f${id}.${container === 'hls' ? 'ts' : 'mp4'}`),
    );
    const found = [video[0]?.codec, video[0]?.width, video[0]?.height, video[0]?.fps, audio[0]?.codec].join(
      ' ',
    );
    const right = found === `h264 ${width} ${height} 24 aac` && Math.abs(durationMs - seconds * 1000) < 500;
    if (!right) throw new Error(`${id} came out as ${found}, ${durationMs} ms`);
  }
}
