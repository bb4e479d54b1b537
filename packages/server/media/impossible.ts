import type { AudioSpec, OutputSpec, VideoSpec } from './output-spec.ts';
import { holds } from './packaging/index.ts';

/** Why something can be made of no source at all: the field that is at fault, '' for all of them together, and the reason. */
export interface Impossibility {
  /** dotted path within the OutputSpec, such as video.codec */
  field: string;
  /** goes on after the name of the field: "is no codec that the container holds" */
  reason: string;
}

type Wish = Omit<OutputSpec, 'id'>;
type Rule = Impossibility & { breaks(wish: Wish): boolean };

/** The least of MPEG-1 Layer III, which all rates from 32 kHz on are, bit/s. */
const MP3_LEAST = 32_000;

const video = (field: string, reason: string, breaks: (video: VideoSpec, wish: Wish) => boolean): Rule => ({
  field: `video.${field}`,
  reason,
  breaks: (wish) => wish.video !== null && breaks(wish.video, wish),
});
const audio = (field: string, reason: string, breaks: (audio: AudioSpec, wish: Wish) => boolean): Rule => ({
  field: `audio.${field}`,
  reason,
  breaks: (wish) => wish.audio !== null && breaks(wish.audio, wish),
});

const RULES: readonly Rule[] = [
  {
    field: '',
    reason: 'leaves out both picture and sound',
    breaks: (wish) => !wish.copy && !wish.video && !wish.audio,
  },
  video(
    'codec',
    'is no codec that the container holds',
    ({ codec }, { container }) => !holds(container, codec),
  ),
  audio(
    'codec',
    'is no codec that the container holds',
    ({ codec }, { container }) => !holds(container, codec),
  ),
  video('height', 'does not go with the width', (spec) => !canBeSized(spec)),
  video('profile', 'is one of H.264', ({ codec, profile }) => codec === 'hevc' && isOfH264Only(profile)),
  video('bitDepth', 'needs H.265', ({ codec, bitDepth = 8 }) => bitDepth === 10 && codec !== 'hevc'),
  video('gop', 'has a shortest distance above the longest', ({ gop }) => isTurnedRound(gop)),
  audio(
    'bitrate',
    `must be at least ${MP3_LEAST / 1000} kbit/s in MP3`,
    ({ codec, bitrate, atMost }) => codec === 'mp3' && bitrate < MP3_LEAST && !atMost?.bitrate,
  ),
];

/** The first thing that makes a wish impossible, whatever the source; null when some source can have it. */
export function impossibilityOf(wish: Wish): Impossibility | null {
  const broken = RULES.find(({ breaks }) => breaks(wish));
  return broken ? { field: broken.field, reason: broken.reason } : null;
}

/** The sizes that `pictureSize` knows how to make. */
function canBeSized({ width, height, selfAdapting }: VideoSpec): boolean {
  if (width === 'source') return typeof height !== 'number';
  if (height === 'source' || (width === null && height === null)) return false;
  // Self-adapting: the width is that of the longer edge.
  return !selfAdapting || width === null || height === null || height <= width;
}

function isOfH264Only(profile: VideoSpec['profile']): boolean {
  return profile === 'baseline' || profile === 'high';
}

function isTurnedRound(gop: VideoSpec['gop']): boolean {
  return gop !== undefined && gop.minMs !== null && gop.maxMs !== null && gop.minMs > gop.maxMs;
}
