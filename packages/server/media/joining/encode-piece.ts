import { canToneMap } from '../capabilities.ts';
import { rangeArguments, type TimeRange } from '../cutting/range.ts';
import type { EncodePreset } from '../encode-preset.ts';
import { TONE_MAP } from '../filters.ts';
import { inputArguments } from '../input.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from '../limits.ts';
import type { MediaInfo, VideoStream } from '../media-info.ts';
import { run } from '../process.ts';
import { progressReader } from '../progress.ts';
import { type JoinTarget, sizeWithin } from './target.ts';

export interface PieceOptions {
  encodePreset: EncodePreset;
  /** `pcm` for pieces that are joined before their sound is encoded: gaps between pieces would be heard. */
  sound: 'aac' | 'pcm';
  /** Decodes from the beginning: for files that have no index to seek by, or a wrong one. */
  fromBeginning?: boolean;
  signal?: AbortSignal | undefined;
  /** Called with a rising share of the work done, below 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/** Ticks a second that the times of frames are written in, for all pieces the same. */
const TIME_SCALE = 90_000;

/**
 * Encodes a stretch of a source, frame for frame, to what is wanted of all pieces. Sound that is missing is silence; it lasts as long as
 * the stretch.
 *
 * @param info of the source
 * @param outFile MP4, with the index in front, or, for sound in PCM, QuickTime
 * @throws MediaError of the stage transcode; the signal's reason when aborted
 */
export async function encodePiece(
  source: { path: string; info: MediaInfo },
  range: TimeRange,
  target: JoinTarget,
  outFile: string,
  { encodePreset, sound, fromBeginning = false, signal, onProgress }: PieceOptions,
): Promise<void> {
  const durationMs = range.endMs - range.startMs;
  const [video] = source.info.video;
  const args = [
    ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...(fromBeginning ? [] : rangeArguments(range)),
    ...inputArguments(source.path),
    ...silenceArguments(source.info, target),
    ...(fromBeginning ? rangeArguments(range) : []),
    ...(video && target.video ? await pictureArguments(video, target.video, encodePreset) : []),
    ...soundArguments(source.info, target, sound, durationMs),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '4096'],
    ...['-video_track_timescale', String(TIME_SCALE)],
    ...(sound === 'pcm' ? ['-f', 'mov'] : ['-f', 'mp4', '-movflags', '+faststart']),
    `file:${outFile}`,
  ];
  await run('ffmpeg', args, {
    stage: 'transcode',
    timeoutMs: transcodeTimeoutMs(durationMs, encodePreset),
    stallMs: stallTimeoutMs(source.info.durationMs),
    signal,
    onStdout: progressReader(durationMs, onProgress),
  });
}

async function pictureArguments(
  stream: VideoStream,
  target: NonNullable<JoinTarget['video']>,
  preset: EncodePreset,
): Promise<string[]> {
  const { width, height } = sizeWithin(stream, target);
  const filters = [
    ...(stream.interlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `scale=${width}:${height}${stream.fullRange ? ':out_range=tv' : ''}`,
    ...(stream.hdr && (await canToneMap()) ? [TONE_MAP] : []),
    `format=yuv420p,setsar=1,pad=${target.width}:${target.height}:-1:-1`,
  ];
  return [
    ...['-map', `0:${stream.index}`, '-vf', filters.join(','), '-c:v', 'libx264', '-preset', preset],
    ...['-profile:v', 'high', '-level:v', target.level, '-pix_fmt', 'yuv420p'],
    ...['-b:v', `${target.bitrate}`, '-maxrate', `${Math.round(target.bitrate * 1.5)}`],
    ...['-bufsize', `${target.bitrate * 2}`, '-g', '250', '-color_range', 'tv'],
    // Every frame of the source, each at its own time.
    ...['-fps_mode', 'passthrough', '-enc_time_base:v', `1:${TIME_SCALE}`],
  ];
}

function lacksSound(info: MediaInfo, target: JoinTarget): boolean {
  return target.audio !== null && info.audio.length === 0;
}

function silenceArguments(info: MediaInfo, target: JoinTarget): string[] {
  if (!target.audio || !lacksSound(info, target)) return [];
  const layout = target.audio.channels === 1 ? 'mono' : 'stereo';
  return ['-f', 'lavfi', '-i', `anullsrc=sample_rate=${target.audio.sampleRate}:channel_layout=${layout}`];
}

function soundArguments(
  info: MediaInfo,
  target: JoinTarget,
  sound: 'aac' | 'pcm',
  durationMs: number,
): string[] {
  if (!target.audio) return ['-an'];
  const { sampleRate, channels, bitrate } = target.audio;
  const from = lacksSound(info, target) ? '1:a:0' : `0:${info.audio[0]!.index}`;
  // Broken timestamps must not shift sound against picture, nor a short track the piece after it.
  const filters = ['aresample=async=1:first_pts=0', 'apad', `atrim=end=${(durationMs / 1000).toFixed(6)}`];
  return [
    ...['-map', from, '-af', filters.join(','), '-ar', `${sampleRate}`, '-ac', `${channels}`],
    ...(sound === 'pcm' ? ['-c:a', 'pcm_s16le'] : ['-c:a', 'aac', '-b:a', `${bitrate}`]),
  ];
}
