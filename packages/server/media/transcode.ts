import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileNames, transcodeArguments } from './arguments.ts';
import { canToneMap } from './capabilities.ts';
import { codecsAttribute } from './codecs.ts';
import { errorCode, MediaError, speaksOfDamage } from './errors.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from './limits.ts';
import type { MediaInfo } from './media-info.ts';
import type { PlannedOutput, TranscodePlan } from './plan.ts';
import {
  extendLast,
  masterPlaylist,
  mediaPlaylist,
  parseSegments,
  segmentBandwidth,
  type Variant,
} from './playlist.ts';
import { probe } from './probe.ts';
import { run } from './process.ts';
import { progressReader } from './progress.ts';

/** The definition number and the name of the master playlist (specs/transcode-definitions.yaml, output-naming.yaml). */
const MASTER_PLAYLIST_DEFINITION = 10000;
const MASTER_PLAYLIST_NAME = 'master_playlist.m3u8';

const contentTypes = { mp4: 'video/mp4', flv: 'video/x-flv', hls: 'application/vnd.apple.mpegurl' };
const SEGMENTS_TYPE = 'video/mp2t';

/** An output this much shorter than its source lost something when ffmpeg also complained of damage. */
const SHORTEST_SHARE = 0.9;

export interface TranscodeOutputFile {
  /** for example f0.f210.m3u8 */
  name: string;
  path: string;
  role: 'main' | 'segments';
  contentType: string;
}

export interface TranscodeOutput {
  definition: number;
  files: TranscodeOutputFile[];
  /** Of the output; for HLS the container is "hls,applehttp" and the size that of the playlist. */
  info: MediaInfo;
  /** bytes of all its files; the master playlist counts only itself */
  totalSize: number;
  /** hexadecimal, of the main file */
  md5: string;
}

export interface TranscodeOptions {
  signal?: AbortSignal;
  /** Called with a rising share of the work done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** ms; grows with the duration by default */
  timeoutMs?: number;
  /** threads of the decoder and of each encoder; ffmpeg's choice by default */
  threads?: number;
}

/**
 * Carries out a plan with one ffmpeg process and writes the files into a folder, in the order of the plan; the master
 * playlist comes last.
 *
 * @param outDir exists and belongs to this call; after a failure it may hold partial files
 * @throws MediaError -450xx when ffmpeg fails or the source turns out damaged, -491xx when an output is not as planned;
 *   the signal's reason when aborted
 */
export async function transcode(
  source: string,
  plan: TranscodePlan,
  outDir: string,
  options: TranscodeOptions = {},
): Promise<TranscodeOutput[]> {
  if (plan.outputs.length === 0) return [];
  const { durationMs, video } = plan.source;
  const args = transcodeArguments(source, plan, {
    canToneMap: video?.hdr === true && (await canToneMap()),
    threads: options.threads,
  });
  const { log } = await run('ffmpeg', args, {
    stage: 'transcode',
    cwd: outDir,
    timeoutMs: options.timeoutMs ?? transcodeTimeoutMs(durationMs),
    stallMs: stallTimeoutMs(durationMs),
    signal: options.signal,
    onStdout: progressReader(durationMs, options.onProgress),
  });

  const made = await Promise.all(plan.outputs.map((output) => collect(output, outDir, options.signal)));
  const longest = Math.max(...made.map(({ output }) => output.info.durationMs));
  if (longest < durationMs * SHORTEST_SHARE && speaksOfDamage(log)) {
    const message = `only ${longest} of ${durationMs} ms could be decoded`;
    throw new MediaError(errorCode('transcode', 'damaged'), message, { log });
  }
  const outputs = made.map(({ output }) => output);
  if (plan.masterPlaylist) {
    const variants = made.flatMap(({ output, variant }) => (variant ? [{ output, variant }] : []));
    outputs.push(await writeMaster(variants, outDir));
  }
  options.onProgress?.(1);
  return outputs;
}

interface Made {
  output: TranscodeOutput;
  /** How a master playlist lists it; null when it is not HLS. */
  variant: Variant | null;
}

async function collect(output: PlannedOutput, outDir: string, signal?: AbortSignal): Promise<Made> {
  const { definition, container } = output;
  const names = fileNames(output);
  const main = file(outDir, names.main, 'main', contentTypes[container]);
  if (names.segments === null) {
    const info = await inspect(main.path, output, signal);
    const md5 = await md5OfFile(main.path);
    return { output: { definition, files: [main], info, totalSize: info.size, md5 }, variant: null };
  }

  const segmentsFile = file(outDir, names.segments, 'segments', SEGMENTS_TYPE);
  const stream = await inspect(segmentsFile.path, output, signal);
  const cuts = parseSegments(await readFile(main.path, 'utf8'));
  const segments = extendLast(cuts, stream.durationMs);
  const playlist = mediaPlaylist(names.segments, segments);
  await writeFile(main.path, playlist);
  const size = Buffer.byteLength(playlist);
  const info: MediaInfo = {
    ...stream,
    container: 'hls,applehttp',
    size,
    durationMs: segments.reduce((sum, segment) => sum + segment.durationMs, 0),
  };
  const bandwidth = segmentBandwidth(segments);
  return {
    output: {
      definition,
      files: [main, segmentsFile],
      info,
      totalSize: size + stream.size,
      md5: md5OfText(playlist),
    },
    variant: {
      uri: names.main,
      bandwidth: bandwidth.peak,
      averageBandwidth: bandwidth.average,
      width: info.video[0]?.width ?? 0,
      height: info.video[0]?.height ?? 0,
      codecs: codecsAttribute(info),
      frameRate: info.video[0]?.fps ?? 0,
    },
  };
}

/** Probes an output and makes sure that it has the streams that were planned. */
async function inspect(path: string, output: PlannedOutput, signal?: AbortSignal): Promise<MediaInfo> {
  const code = errorCode('check-output', 'damaged');
  const info = await probe(path, { signal }).catch((error) => {
    if (!(error instanceof MediaError)) throw error;
    const { transient, log } = error;
    throw new MediaError(code, `definition ${output.definition}: ${error.message}`, { transient, log });
  });
  const complete =
    (output.video === null || info.video.length > 0) && (output.audio === null || info.audio.length > 0);
  if (!complete) throw new MediaError(code, `definition ${output.definition}: a stream is missing`);
  return info;
}

async function writeMaster(
  renditions: { output: TranscodeOutput; variant: Variant }[],
  outDir: string,
): Promise<TranscodeOutput> {
  const main = file(outDir, MASTER_PLAYLIST_NAME, 'main', contentTypes.hls);
  const playlist = masterPlaylist(renditions.map(({ variant }) => variant));
  await writeFile(main.path, playlist);
  const best = renditions.reduce((a, b) => (b.variant.bandwidth > a.variant.bandwidth ? b : a)).output;
  const totalSize = Buffer.byteLength(playlist);
  return {
    definition: MASTER_PLAYLIST_DEFINITION,
    files: [main],
    info: { ...best.info, size: totalSize },
    totalSize,
    md5: md5OfText(playlist),
  };
}

function file(
  outDir: string,
  name: string,
  role: TranscodeOutputFile['role'],
  contentType: string,
): TranscodeOutputFile {
  return { name, path: join(outDir, name), role, contentType };
}

async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function md5OfText(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
