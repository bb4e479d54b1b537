import { codecTag } from './containers.ts';
import { filterGraph } from './filters.ts';
import { inputArguments } from './input.ts';
import type { AudioStream, VideoStream } from './media-info.ts';
import type { AudioTrack, CopyTrack, PlannedOutput, TranscodePlan, VideoEncode, VideoTrack } from './plan.ts';

/**
 * Speed over size: at the presets' average bitrates `veryfast` costs a third of `medium` for a small loss of quality,
 * and whoever hosts their own service waits for the processor, not for the disk.
 */
const X264_PRESET = 'veryfast';

/** HLS segments are cut at the first key frame after this many seconds: 10.4 s for 250 frames at 24 per second. */
const SEGMENT_SECONDS = 10;

/** @returns the names of an output's files within its folder (specs/output-naming.yaml) */
export function fileNames(output: PlannedOutput): { main: string; segments: string | null } {
  const stem = `f0.f${output.definition}`;
  if (output.container === 'hls') return { main: `${stem}.m3u8`, segments: `${stem}.ts` };
  return { main: `${stem}.${output.container}`, segments: null };
}

export interface ArgumentOptions {
  /** this ffmpeg has the filters zscale and tonemap */
  canToneMap: boolean;
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
    ...(graph ? ['-filter_complex', graph] : []),
    ...plan.video.flatMap((track, i) => videoArguments(track, i, plan)),
    ...plan.audio.flatMap((track, i) => audioArguments(track, i, plan)),
    ...threads,
    // The frame rate is made in the filter graph; nothing may duplicate or drop frames after it.
    ...['-fps_mode', 'passthrough', '-map_metadata', '-1', '-map_chapters', '-1'],
    // Tee knows nothing of its files: MP4 and FLV need codec headers in front, and each shifts timestamps its own way.
    ...['-flags', '+global_header', '-avoid_negative_ts', 'disabled', '-max_muxing_queue_size', '4096'],
    ...['-f', 'tee', plan.outputs.map((output) => teeTarget(output, plan)).join('|')],
  ];
}

function videoArguments(track: VideoTrack, i: number, plan: TranscodePlan): string[] {
  if (track.kind === 'copy') return copyArguments(track, `v:${i}`, plan.source.video);
  return [
    ...['-map', `[v${i}]`, `-c:v:${i}`, 'libx264', `-preset:v:${i}`, X264_PRESET],
    ...[`-profile:v:${i}`, track.profile, `-pix_fmt:v:${i}`, 'yuv420p'],
    // An average; peaks stay below 1.5 times of it over two seconds, which is what players buffer for.
    ...[`-b:v:${i}`, `${track.bitrate}`, `-maxrate:v:${i}`, `${Math.round(track.bitrate * 1.5)}`],
    ...[`-bufsize:v:${i}`, `${track.bitrate * 2}`],
    // Key frames at fixed times keep segments even; those at scene changes come on top unless rungs must agree.
    ...[`-g:v:${i}`, `${track.gopFrames}`, `-force_key_frames:v:${i}`, keyFrameTimes(track, plan)],
    ...(plan.alignKeyFrames ? [`-sc_threshold:v:${i}`, '0'] : []),
  ];
}

function copyArguments(
  track: CopyTrack,
  specifier: string,
  source: VideoStream | AudioStream | null,
): string[] {
  if (!source) return [];
  // Tee would pass on the source's tag, which another container may refuse.
  const tag = codecTag(track.container, source.codec);
  return ['-map', `0:${source.index}`, `-c:${specifier}`, 'copy', ...(tag ? [`-tag:${specifier}`, tag] : [])];
}

/** One interval for all rungs when they are to be aligned, the shortest. 10 ms forgive rounding of timestamps. */
function keyFrameTimes(track: VideoEncode, plan: TranscodePlan): string {
  const seconds = (encode: VideoEncode) => encode.gopFrames / encode.fps;
  const encodes = plan.alignKeyFrames ? plan.video.filter((other) => other.kind === 'encode') : [track];
  return `expr:gte(t+0.01,n_forced*${Math.min(...encodes.map(seconds))})`;
}

function audioArguments(track: AudioTrack, i: number, plan: TranscodePlan): string[] {
  if (track.kind === 'copy') return copyArguments(track, `a:${i}`, plan.source.audio);
  return [
    ...['-map', `0:${plan.source.audio?.index}`, `-c:a:${i}`, track.codec === 'mp3' ? 'libmp3lame' : 'aac'],
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
  const format = {
    mp4: 'f=mp4:movflags=+faststart',
    flv: 'f=flv:flvflags=+add_keyframe_index',
    hls: `f=hls:hls_time=${SEGMENT_SECONDS}:hls_list_size=0:hls_playlist_type=vod:hls_flags=single_file`,
  }[output.container];
  return `[${format}:onfail=abort:select=${streams.join(',')}]${fileNames(output).main}`;
}
