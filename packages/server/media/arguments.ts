import type { EncodePreset } from './encode-preset.ts';
import { filterGraph } from './filters.ts';
import { inputArguments } from './input.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import { fileNames, packagingOf } from './packaging/index.ts';
import type { AudioTrack, CopyTrack, PlannedOutput, TranscodePlan, VideoEncode, VideoTrack } from './plan.ts';
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
  const threads = options.threads ? ['-threads', String(options.threads)] : [];
  const graph = filterGraph(plan, options.canToneMap);
  return [
    ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...threads,
    ...inputArguments(source),
    ...watermarkPictures(plan).flatMap(openingArguments),
    ...(graph ? ['-filter_complex', graph] : []),
    ...plan.video.flatMap((track, i) => videoArguments(track, i, plan, options.encodePreset)),
    ...plan.audio.flatMap((track, i) => audioArguments(track, i, plan)),
    ...threads,
    // The frame rate is made in the filter graph; nothing may duplicate or drop frames after it.
    ...['-fps_mode', 'passthrough', '-map_metadata', '-1', '-map_chapters', '-1'],
    // Tee knows nothing of its files: MP4 and FLV need codec headers in front, and each shifts timestamps its own way.
    ...['-flags', '+global_header', '-avoid_negative_ts', 'disabled', '-max_muxing_queue_size', '4096'],
    ...['-f', 'tee', plan.outputs.map((output) => teeTarget(output, plan)).join('|')],
  ];
}

function videoArguments(track: VideoTrack, i: number, plan: TranscodePlan, preset: EncodePreset): string[] {
  const { video } = plan.source;
  if (track.kind === 'copy') {
    if (!video) return [];
    const filter = packagingOf(track.container).carriesRotation ? null : orientationFilter(video);
    return [...copyArguments(track, `v:${i}`, video), ...(filter ? [`-bsf:v:${i}`, filter] : [])];
  }
  return [
    ...['-map', `[v${i}]`, `-c:v:${i}`, 'libx264', `-preset:v:${i}`, preset],
    ...[`-profile:v:${i}`, track.profile, `-pix_fmt:v:${i}`, 'yuv420p'],
    // An average; peaks stay below 1.5 times of it over two seconds, which is what players buffer for.
    ...[`-b:v:${i}`, `${track.bitrate}`, `-maxrate:v:${i}`, `${Math.round(track.bitrate * 1.5)}`],
    ...[`-bufsize:v:${i}`, `${track.bitrate * 2}`],
    // Key frames at fixed times and only there, so that renditions agree on them and segments are even.
    ...[`-g:v:${i}`, `${track.gopFrames}`, `-force_key_frames:v:${i}`, keyFrameTimes(track, plan)],
    ...[`-sc_threshold:v:${i}`, '0'],
  ];
}

function copyArguments(track: CopyTrack, specifier: string, source: VideoStream | AudioStream): string[] {
  // Tee would pass on the source's tag, which another container may refuse.
  const tag = packagingOf(track.container).codecs[source.codec];
  return ['-map', `0:${source.index}`, `-c:${specifier}`, 'copy', ...(tag ? [`-tag:${specifier}`, tag] : [])];
}

/** Multiples of the distance, counted from time 0 whatever else is made. 10 ms forgive rounding of timestamps. */
function keyFrameTimes(track: VideoEncode, plan: TranscodePlan): string {
  const seconds = (encode: VideoEncode) => encode.gopFrames / encode.fps;
  const encodes = plan.alignKeyFrames ? plan.video.filter((other) => other.kind === 'encode') : [track];
  return `expr:gte(t+0.01,n_forced*${Math.min(...encodes.map(seconds))})`;
}

function audioArguments(track: AudioTrack, i: number, plan: TranscodePlan): string[] {
  const { audio } = plan.source;
  if (!audio) return [];
  if (track.kind === 'copy') return copyArguments(track, `a:${i}`, audio);
  return [
    ...['-map', `0:${audio.index}`, `-c:a:${i}`, track.codec === 'mp3' ? 'libmp3lame' : 'aac'],
    ...[`-b:a:${i}`, `${track.bitrate}`, `-ac:a:${i}`, `${track.channels}`],
    ...[`-ar:a:${i}`, `${track.sampleRate}`],
    // Fills gaps and a late start with silence: broken timestamps must not shift sound against picture.
    ...[`-filter:a:${i}`, 'aresample=async=1:first_pts=0'],
  ];
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
