import { inputArguments } from '../input.ts';
import type { AudioStream, VideoStream } from '../media-info.ts';
import { packagingOf } from '../packaging/index.ts';
import type { TimeRange } from './range.ts';

/** Frames are at least 1 ms apart; what is shown this little before a time belongs to what comes after it, s. */
const ROUNDING_S = 0.0011;

/**
 * The arguments that take a stretch of a source over into an MP4 as it is.
 *
 * @param range begins with a key frame, and ends where nothing before needs what is after it
 */
export function copyArguments(
  path: string,
  streams: { video: VideoStream | null; audio: AudioStream | null },
  { startMs, endMs }: TimeRange,
  outFile: string,
): string[] {
  const { video, audio } = streams;
  const seconds = (endMs - startMs) / 1000;
  return [
    ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
    // Each stream is read for as long, by the order of decoding: frames that are decoded early and shown too late are dropped.
    ...['-ss', (startMs / 1000).toFixed(6), '-t', seconds.toFixed(6)],
    ...inputArguments(path),
    ...(video ? copied(video, 'v') : []),
    ...(video ? ['-bsf:v', `noise=amount=0:drop=gte(pts*tb\\,${(seconds - ROUNDING_S).toFixed(6)})`] : []),
    ...(audio ? copied(audio, 'a') : []),
    ...['-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-f', 'mp4', '-movflags', '+faststart', `file:${outFile}`],
  ];
}

function copied({ index, codec }: VideoStream | AudioStream, kind: 'v' | 'a'): string[] {
  const tag = packagingOf('mp4').codecs[codec];
  return ['-map', `0:${index}`, ...(tag ? [`-tag:${kind}`, tag] : [])];
}
