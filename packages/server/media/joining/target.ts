import type { AudioStream, MediaInfo, VideoStream } from '../media-info.ts';
import type { PictureSize } from '../sizing.ts';
import { levelFor } from './level.ts';

/** What pieces are encoded to, so that they can stand one after the other; null for what none of them has. */
export interface JoinTarget {
  video: {
    /** px, even */
    width: number;
    height: number;
    /** bit/s, an average */
    bitrate: number;
    /** of H.264, as text: the same for all pieces, since it is part of what a decoder is told once */
    level: string;
  } | null;
  audio: { sampleRate: number; channels: 1 | 2; bitrate: number } | null;
}

const LEAST_VIDEO_BITRATE = 64_000;
const LEAST_AUDIO_BITRATE = 64_000;
const MOST_AUDIO_BITRATE = 320_000;
const AUDIO_RATES = [48_000, 44_100, 32_000];

/** The first piece gives the size, upright and with square pixels; the best one the bitrates. */
export function joinTarget(infos: readonly MediaInfo[]): JoinTarget {
  return {
    video: videoTarget(infos.flatMap(({ video }) => video[0] ?? [])),
    audio: audioTarget(infos.flatMap(({ audio }) => audio[0] ?? [])),
  };
}

function videoTarget(streams: readonly VideoStream[]): JoinTarget['video'] {
  const [first] = streams;
  if (!first) return null;
  const size = { width: even(first.displayWidth), height: even(first.displayHeight) };
  const bitrate = Math.max(LEAST_VIDEO_BITRATE, ...streams.map((stream) => stream.bitrate));
  const fps = Math.max(...streams.map((stream) => stream.fps || 25));
  return { ...size, bitrate, level: levelFor({ ...size, bitrate, fps }) };
}

function audioTarget(streams: readonly AudioStream[]): JoinTarget['audio'] {
  const [first] = streams;
  if (!first) return null;
  const best = Math.max(...streams.map((stream) => stream.bitrate));
  return {
    sampleRate: AUDIO_RATES.find((rate) => rate === first.sampleRate) ?? 48_000,
    channels: streams.every(({ channels }) => channels === 1) ? 1 : 2,
    bitrate: Math.min(MOST_AUDIO_BITRATE, Math.max(LEAST_AUDIO_BITRATE, best)),
  };
}

/** The largest size of a picture within a frame, px; the rest of the frame stays black. */
export function sizeWithin(
  { displayWidth, displayHeight }: Pick<VideoStream, 'displayWidth' | 'displayHeight'>,
  frame: PictureSize,
): PictureSize {
  const scale = Math.min(frame.width / displayWidth, frame.height / displayHeight);
  return {
    width: Math.min(frame.width, even(displayWidth * scale)),
    height: Math.min(frame.height, even(displayHeight * scale)),
  };
}

function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}
