import { firstPassArguments, transcodeArguments } from './arguments.ts';
import { canToneMap } from './capabilities.ts';
import type { EncodePreset } from './encode-preset.ts';
import { MediaError, speaksOfAnEnd, speaksOfDamage } from './errors.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from './limits.ts';
import { writeMasterPlaylist } from './master-playlist.ts';
import {
  type CollectedOutput,
  fileNames,
  type HlsEncryption,
  packagingOf,
  type WrittenOutput,
} from './packaging/index.ts';
import { firstPassOf, passesOf } from './passes.ts';
import type { PlannedOutput, TranscodePlan } from './plan.ts';
import { run } from './process.ts';
import { progressReader } from './progress.ts';

/**
 * Speed over size: at the presets' average bitrates `veryfast` costs a third of `medium` for a small loss of quality,
 * and whoever hosts their own service waits for the processor, not for the disk.
 */
const DEFAULT_PRESET = 'veryfast';

/** An output this much shorter than its source lost something when ffmpeg also complained of damage. */
const SHORTEST_SHARE = 0.9;

/** How much of the work the first of two passes is. */
const FIRST_PASS = 0.4;

export interface TranscodeOutput extends Omit<CollectedOutput, 'variant'> {
  /** id of its OutputSpec; null for the master playlist, which lists the outputs of several */
  definition: number | null;
}

export interface TranscodeOptions {
  signal?: AbortSignal;
  /** Called with a rising share of the work done on those definitions, from 0 to 1. */
  onProgress?: (fraction: number, definitions: readonly number[]) => void;
  /** Called with outputs as soon as they are made; the rest waits for it. */
  onMade?: (outputs: TranscodeOutput[]) => Promise<void>;
  /**
   * Text before the name of a segments file in the playlist that names it, such as "4f3a-2/", where playlists and
   * segments will be kept in different places; '' by default. The master playlist names its playlists without it.
   */
  segmentBase?: string;
  /** How the segments of outputs are encrypted that have some; null or absent: not at all. */
  encryption?: HlsEncryption | null;
  /** x264's preset, `veryfast` by default */
  encodePreset?: EncodePreset;
  /** ms; grows with the duration by default */
  timeoutMs?: number;
  /** threads of the decoder and of each encoder; ffmpeg's choice by default */
  threads?: number;
}

/**
 * Carries out a plan and writes the files into a folder: one ffmpeg process makes what is only copied, a second one all
 * that has to be encoded, with one decode; what takes two passes is looked at by another before that. The master playlist comes last.
 *
 * @param outDir absolute; exists and belongs to this call; after a failure it may hold partial files
 * @throws MediaError of the stage transcode when ffmpeg fails or the source turns out damaged, of check-output when an
 *   output is not as planned; the signal's reason when aborted
 */
export async function transcode(
  source: string,
  plan: TranscodePlan,
  outDir: string,
  options: TranscodeOptions = {},
): Promise<TranscodeOutput[]> {
  const outputs: TranscodeOutput[] = [];
  for (const pass of passesOf(plan)) {
    const made = await carryOut(source, pass, outDir, options);
    await options.onMade?.(made);
    outputs.push(...made);
  }
  return outputs;
}

async function carryOut(
  source: string,
  plan: TranscodePlan,
  outDir: string,
  options: TranscodeOptions,
): Promise<TranscodeOutput[]> {
  const { durationMs, video } = plan.source;
  const { encodePreset = DEFAULT_PRESET, segmentBase = '', encryption = null, signal, onProgress } = options;
  const definitions = plan.outputs.map(({ definition }) => definition);
  const how = {
    canToneMap: video?.hdr === true && (await canToneMap()),
    encodePreset,
    threads: options.threads,
  };
  const firstPass = firstPassOf(plan);
  const share = firstPass ? FIRST_PASS : 0;
  const work = (args: string[], from: number, to: number) =>
    run('ffmpeg', args, {
      stage: 'transcode',
      cwd: outDir,
      timeoutMs: options.timeoutMs ?? transcodeTimeoutMs(durationMs, encodePreset),
      stallMs: stallTimeoutMs(durationMs),
      signal,
      onStdout: progressReader(
        durationMs,
        onProgress && ((fraction) => onProgress(from + fraction * (to - from), definitions)),
      ),
    });
  if (firstPass) await work(firstPassArguments(source, firstPass, how), 0, share);
  const { log } = await work(transcodeArguments(source, plan, how), share, 1);

  const made = await Promise.all(
    plan.outputs.map(async (output) => {
      const collected = await collect(output, plan, { folder: outDir, segmentBase, encryption, signal });
      return { definition: output.definition, ...collected };
    }),
  );
  refuseLosses(Math.max(...made.map(({ info }) => info.durationMs)), durationMs, log);
  const master = plan.masterPlaylist ? await writeMasterPlaylist(made, outDir) : null;
  onProgress?.(1, definitions);
  const outputs = made.map(({ variant, ...output }) => output);
  return master ? [...outputs, { definition: null, ...master }] : outputs;
}

function collect(
  output: PlannedOutput,
  plan: TranscodePlan,
  where: Pick<WrittenOutput, 'folder' | 'segmentBase' | 'encryption' | 'signal'>,
): Promise<CollectedOutput> {
  const packaging = packagingOf(output.container);
  const isCopied = output.video !== null && plan.video[output.video]?.kind === 'copy';
  return packaging.collect({
    ...where,
    names: fileNames(packaging, output.definition),
    hasVideo: output.video !== null,
    hasAudio: output.audio !== null,
    rotation: isCopied && !packaging.carriesRotation ? plan.source.video!.rotation : 0,
  });
}

/** ffmpeg makes of a damaged file what it can; that is not what was asked for. */
function refuseLosses(madeMs: number, wantedMs: number, log: string): void {
  if (madeMs >= wantedMs * SHORTEST_SHARE || !speaksOfDamage(log)) return;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const what = speaksOfAnEnd(log) ? 'the file ends too early' : 'the file is damaged';
  const message = `${what}: only ${seconds(madeMs)} of ${seconds(wantedMs)} s could be decoded`;
  throw new MediaError({ stage: 'transcode', reason: 'damaged' }, message, { log });
}
