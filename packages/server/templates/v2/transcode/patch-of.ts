import type {
  Bounded,
  CreateTranscodeTemplate,
  ParamsOf,
  UpdateTranscodeTemplate,
} from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { TranscodeBody } from '../../kinds/transcode.ts';
import { type Patch, patched } from '../../patch.ts';
import { sizePatch } from './size.ts';

type Given = ParamsOf<typeof CreateTranscodeTemplate> | ParamsOf<typeof UpdateTranscodeTemplate>;
type GivenVideo = NonNullable<ParamsOf<typeof UpdateTranscodeTemplate>['video']>;
type GivenAudio = NonNullable<ParamsOf<typeof UpdateTranscodeTemplate>['audio']>;
type Video = NonNullable<TranscodeBody['video']>;
type Audio = NonNullable<TranscodeBody['audio']>;

/** What is not said of a new picture: as large, and of as many bits, as the source. */
const BLANK_VIDEO: Video = {
  ...{ codec: 'h264', width: 'source', height: 'source', selfAdapting: true, bothEdges: true },
  ...{ fps: 24, bitrate: 10_000_000, atMost: { bitrate: true }, profile: null, gopFrames: 250 },
};
const BLANK_AUDIO: Audio = { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 };

/** A new template, before anything is said of it. */
export const BLANK_BODY: TranscodeBody = { container: 'mp4', video: BLANK_VIDEO, audio: BLANK_AUDIO };

const VIDEO_CODECS = { libx264: 'h264', libx265: 'hevc' } as const;
const AUDIO_CODECS = { libfdk_aac: 'aac', libmp3lame: 'mp3' } as const;

/**
 * What the parameters of a call change of a template.
 * @throws Refused `template.invalid` for a stream that comes back without what every stream must have, and for H.265 that is too
 *   large or of no certain size (docs/wire/templates.md)
 */
export function patchOf(before: TranscodeBody, given: Given): Patch<TranscodeBody> {
  const patch: Patch<TranscodeBody> = {
    container: given.container,
    video: streamPatch(before.video, given.isFiltrateVideo, () => {
      const from = before.video ?? BLANK_VIDEO;
      if (!before.video) requireFields('video', given.video, ['codec', 'fps']);
      return { ...(before.video ? {} : BLANK_VIDEO), ...videoPatch(from, given.video ?? {}, given.denoise) };
    }),
    audio: streamPatch(before.audio, given.isFiltrateAudio, () => {
      if (!before.audio) requireFields('audio', given.audio, ['codec', 'bitrate', 'sampleRate']);
      return { ...(before.audio ? {} : BLANK_AUDIO), ...audioPatch(given.audio ?? {}) };
    }),
  };
  refuseLargeHevc(patched(before, patch).video);
  return patch;
}

/** A stream that is left out stays so until a call says otherwise, whatever else the call says of it. */
function streamPatch<T>(
  before: T | null,
  isLeftOut: boolean | undefined,
  change: () => Patch<T>,
): Patch<T> | null {
  return (isLeftOut ?? before === null) ? null : change();
}

function videoPatch(before: Video, given: GivenVideo, denoise: Given['denoise']): Patch<Video> {
  const codec = given.codec && VIDEO_CODECS[given.codec];
  const isNowHevc = codec === 'hevc' && before.codec !== 'hevc';
  return defined({
    codec,
    ...sizePatch(before, given),
    fps: given.fps?.value,
    bitrate: bitsOf(given.bitrate),
    atMost: defined({
      width: given.width?.isBound,
      height: given.height?.isBound,
      fps: given.fps?.isBound,
      bitrate: given.bitrate?.isBound,
    }),
    // H.265 has no such profiles: what the template said for H.264 is over.
    profile: given.videoProfile ?? (isNowHevc ? null : undefined),
    gop: gopPatch(before, given),
    bitDepth: given.colorSpace && (given.colorSpace === 'yuv420p10le' ? 10 : 8),
    deinterlace: given.deinterlaced,
    denoise: denoise?.enable,
    twoPass: given.videoRateControl,
  });
}

function gopPatch({ gop }: Video, { minGop, maxGop }: GivenVideo): Video['gop'] {
  if (minGop === undefined && maxGop === undefined) return undefined;
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  return { minMs: ms(minGop) ?? gop?.minMs ?? null, maxMs: ms(maxGop) ?? gop?.maxMs ?? null };
}

function audioPatch(given: GivenAudio): Patch<Audio> {
  return defined({
    codec: given.codec && AUDIO_CODECS[given.codec],
    bitrate: bitsOf(given.bitrate),
    sampleRate: given.sampleRate?.value as Audio['sampleRate'] | undefined,
    atMost: defined({ bitrate: given.bitrate?.isBound, sampleRate: given.sampleRate?.isBound }),
    channels: given.soundSystem,
    resampler: given.audioResampler,
    boostCentre: given.audioDownmixMode,
  });
}

function bitsOf(kilobits: Bounded | undefined): number | undefined {
  return kilobits && kilobits.value * 1000;
}

/** Without what is undefined, so that it takes the place of nothing. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

function requireFields(stream: string, given: object | undefined, names: readonly string[]): void {
  for (const name of names) {
    if (given && name in given && (given as Record<string, unknown>)[name] !== undefined) continue;
    throw new Refused('template.invalid', 'is required', { field: `${stream}.${name}` });
  }
}

const HEVC = { long: 640, short: 480 };

function refuseLargeHevc(video: TranscodeBody['video']): void {
  if (video?.codec !== 'hevc') return;
  const { width, height } = video;
  const isSmall =
    typeof width === 'number' &&
    typeof height === 'number' &&
    Math.max(width, height) <= HEVC.long &&
    Math.min(width, height) <= HEVC.short;
  if (isSmall) return;
  const detail = `libx265 needs width and height, at most ${HEVC.long} and ${HEVC.short}`;
  throw new Refused('template.invalid', detail, { field: 'video.width' });
}
