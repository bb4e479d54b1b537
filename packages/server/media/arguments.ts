import type { EncodePreset } from './encode-preset.ts';
import { encoderArguments, type Pass } from './encoders.ts';
import { filterGraph } from './filters.ts';
import { inputArguments } from './input.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import type { AudioSpec } from './output-spec.ts';
import { fileNames, packagingOf } from './packaging/index.ts';
import type { AudioTrack, CopyTrack, PlannedOutput, TranscodePlan, VideoTrack } from './plan.ts';
import { orientationFilter } from './rotation.ts';
import { watermarkPictures } from './watermark-filters.ts';
import { openingArguments } from './watermark-picture.ts';

export interface ArgumentOptions {
  /** this ffmpeg has the filters zscale and tonemap */
  canToneMap: boolean;
  encodePreset: EncodePreset;
  /** threads of the decoder and of each encoder; ffmpeg's choice when absent */
  threads?: number;
}

/**
 * The arguments of the one ffmpeg process that carries out a plan in the current folder.
 *
 * Every track is made once and the tee muxer hands it to each file that wants it, so files that differ only in their
 * container cost one encode, and the sound is encoded once for all rungs.
 */
export function transcodeArguments(source: string, plan: TranscodePlan, options: ArgumentOptions): string[] {
  return [
    ...opening(source, plan, options),
    ...plan.video.flatMap((track, i) => videoArguments(track, i, plan, options.encodePreset, 2)),
    ...plan.audio.flatMap((track, i) => audioArguments(track, i, plan)),
    ...threadArguments(options),
    // The frame rate is made in the filter graph; nothing may duplicate or drop frames after it.
    ...['-fps_mode', 'passthrough', '-map_metadata', '-1', '-map_chapters', '-1'],
    // Tee knows nothing of its files: MP4 and FLV need codec headers in front, and each shifts timestamps its own way.
    ...['-flags', '+global_header', '-avoid_negative_ts', 'disabled', '-max_muxing_queue_size', '4096'],
    ...['-f', 'tee', plan.outputs.map((output) => teeTarget(output, plan)).join('|')],
  ];
}

/**
 * The arguments of the process that looks at the film first, for those encodes that take two passes (see `firstPassOf`): it
 * leaves what it found in the current folder, and makes no file else.
 */
export function firstPassArguments(source: string, plan: TranscodePlan, options: ArgumentOptions): string[] {
  return [
    ...opening(source, plan, options),
    ...plan.video.flatMap((track, i) => videoArguments(track, i, plan, options.encodePreset, 1)),
    ...threadArguments(options),
    ...['-fps_mode', 'passthrough', '-f', 'null', '-'],
  ];
}

function opening(source: string, plan: TranscodePlan, options: ArgumentOptions): string[] {
  const graph = filterGraph(plan, options.canToneMap);
  return [
    ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...threadArguments(options),
    ...inputArguments(source),
    ...watermarkPictures(plan).flatMap(openingArguments),
    ...(graph ? ['-filter_complex', graph] : []),
  ];
}

function threadArguments({ threads }: ArgumentOptions): string[] {
  return threads ? ['-threads', String(threads)] : [];
}

function videoArguments(
  track: VideoTrack,
  i: number,
  plan: TranscodePlan,
  preset: EncodePreset,
  pass: Pass,
): string[] {
  const { video } = plan.source;
  if (track.kind === 'copy') {
    if (!video) return [];
    const filter = packagingOf(track.container).carriesRotation ? null : orientationFilter(video);
    return [...copyArguments(track, `v:${i}`, video), ...(filter ? [`-bsf:v:${i}`, filter] : [])];
  }
  return ['-map', `[v${i}]`, ...encoderArguments(track, i, plan, preset, pass)];
}

function copyArguments(track: CopyTrack, specifier: string, source: VideoStream | AudioStream): string[] {
  // Tee would pass on the source's tag, which another container may refuse.
  const tag = packagingOf(track.container).codecs[source.codec];
  return ['-map', `0:${source.index}`, `-c:${specifier}`, 'copy', ...(tag ? [`-tag:${specifier}`, tag] : [])];
}

function audioArguments(track: AudioTrack, i: number, plan: TranscodePlan): string[] {
  const { audio } = plan.source;
  if (!audio) return [];
  if (track.kind === 'copy') return copyArguments(track, `a:${i}`, audio);
  return [
    ...['-map', `0:${audio.index}`, `-c:a:${i}`, track.codec === 'mp3' ? 'libmp3lame' : 'aac'],
    ...[`-b:a:${i}`, `${track.bitrate}`, `-ac:a:${i}`, `${track.channels}`],
    ...[`-ar:a:${i}`, `${track.sampleRate}`],
    ...[`-filter:a:${i}`, resampling(track, audio)],
  ];
}

/** As ffmpeg's filter; what mixes channels down is told who does it and how. */
function resampling(track: Omit<AudioSpec, 'atMost'>, { channels }: AudioStream): string {
  // Fills gaps and a late start with silence: broken timestamps must not shift sound against picture.
  const always = 'aresample=async=1:first_pts=0';
  const layout = track.channels === 1 ? 'mono' : 'stereo';
  const engine = track.resampler && channels > 2 ? `:resampler=${track.resampler}` : '';
  const centre = track.boostCentre && channels > 4 ? ':clev=1' : '';
  return engine || centre ? `${always}${engine}${centre}:ochl=${layout}` : always;
}

/** One file of the tee muxer, which numbers streams in the order of `-map`: first all video, then all audio. */
function teeTarget(output: PlannedOutput, plan: TranscodePlan): string {
  const streams = [
    ...(output.video === null ? [] : [output.video]),
    ...(output.audio === null ? [] : [plan.video.length + output.audio]),
  ];
  const packaging = packagingOf(output.container);
  const { main } = fileNames(packaging, output.definition);
  return `[${packaging.muxer}:onfail=abort:select=${streams.join(',')}]${main}`;
}
