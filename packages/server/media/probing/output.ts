import type { ProbeOutput, ProbeStream } from '../probe-parse.ts';
import type { Picture } from './picture.ts';
import { sure } from './unsure.ts';

/** What the headers of a file say, in ffprobe's words. */
export interface Headers {
  output: ProbeOutput;
  /** of each stream: longest distance between key frames, ms; undefined when only the packets tell */
  keyFrameIntervals: (number | undefined)[];
}

/**
 * What ffprobe says of a file as a whole.
 *
 * @param demuxer ffmpeg's name
 * @param size bytes
 * @param microseconds length, perhaps with a fraction
 */
export function formatOf(
  demuxer: string,
  size: number,
  microseconds: number,
): NonNullable<ProbeOutput['format']> {
  const length = Math.round(microseconds);
  sure(length >= 1000 && Number.isSafeInteger(length), 'no length');
  return {
    format_name: demuxer,
    size: String(size),
    duration: (length / 1_000_000).toFixed(6),
    bit_rate: String(Math.trunc((size * 8 * 1_000_000) / length)),
  };
}

const transfers: Record<number, string> = { 16: 'smpte2084', 18: 'arib-std-b67' };

/** What ffprobe says of pictures, apart from their times. */
export function pictureFields(picture: Picture, pixelAspect: number): Partial<ProbeStream> {
  return {
    ...{ codec_type: 'video', codec_name: picture.codec, profile: picture.profile, level: picture.level },
    ...{ width: picture.width, height: picture.height, pix_fmt: picture.pixelFormat },
    ...{ color_range: picture.fullRange ? 'pc' : 'tv', color_transfer: transfers[picture.transfer ?? 0] },
    // Of the one, the number that is given; of the other, 1.
    ...{
      sample_aspect_ratio: `${pixelAspect}:1`,
      field_order: 'progressive',
      bits_per_raw_sample: undefined,
    },
  };
}
