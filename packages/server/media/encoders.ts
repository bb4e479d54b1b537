import type { EncodePreset } from './encode-preset.ts';
import { pixelFormatOf } from './filters.ts';
import type { TranscodePlan, VideoEncode } from './plan.ts';

/** Of two passes over a film, which; what is made in one has the second only. */
export type Pass = 1 | 2;

/** Scene changes are looked for as eagerly as both encoders do by themselves. */
const SCENE_CUT = 40;

/**
 * ffmpeg's arguments for the encoder of one video track.
 *
 * @param i index of the track in `plan.video`
 * @param preset x264's, whose names x265 shares
 */
export function encoderArguments(
  track: VideoEncode,
  i: number,
  plan: TranscodePlan,
  preset: EncodePreset,
  pass: Pass,
): string[] {
  return [
    ...[`-c:v:${i}`, track.codec === 'hevc' ? 'libx265' : 'libx264', `-preset:v:${i}`, preset],
    ...[`-profile:v:${i}`, profileOf(track), `-pix_fmt:v:${i}`, pixelFormatOf(track)],
    // An average; peaks stay below 1.5 times of it over two seconds, which is what players buffer for.
    ...[`-b:v:${i}`, `${track.bitrate}`, `-maxrate:v:${i}`, `${Math.round(track.bitrate * 1.5)}`],
    ...[`-bufsize:v:${i}`, `${track.bitrate * 2}`],
    ...keyFrameArguments(track, i, plan),
    ...ownParameters(track, i, plan, pass),
    // The name of H.265 in MP4 that Apple's players take.
    ...(track.codec === 'hevc' ? [`-tag:v:${i}`, 'hvc1', `-forced-idr:v:${i}`, '1'] : []),
  ];
}

function profileOf({ codec, profile, bitDepth }: VideoEncode): string {
  return codec === 'hevc' && bitDepth === 10 ? 'main10' : profile;
}

/** Key frames at fixed times and only there, so that renditions agree on them and segments are even; unless others are wanted. */
function keyFrameArguments(track: VideoEncode, i: number, plan: TranscodePlan): string[] {
  const distance = [`-g:v:${i}`, `${track.gopFrames}`];
  const min = freeMin(track, plan);
  if (min !== null)
    return [...distance, `-keyint_min:v:${i}`, `${min}`, `-sc_threshold:v:${i}`, `${SCENE_CUT}`];
  return [...distance, `-force_key_frames:v:${i}`, keyFrameTimes(track, plan), `-sc_threshold:v:${i}`, '0'];
}

/** Shortest distance of key frames that come where scenes change, frames; null where all are at fixed times. */
function freeMin(track: VideoEncode, plan: TranscodePlan): number | null {
  return plan.alignKeyFrames ? null : track.minGopFrames;
}

/** Multiples of the distance, counted from time 0 whatever else is made. 10 ms forgive rounding of timestamps. */
function keyFrameTimes(track: VideoEncode, plan: TranscodePlan): string {
  const seconds = (encode: VideoEncode) => encode.gopFrames / encode.fps;
  const encodes = plan.alignKeyFrames ? plan.video.filter((other) => other.kind === 'encode') : [track];
  return `expr:gte(t+0.01,n_forced*${Math.min(...encodes.map(seconds))})`;
}

/** What only the encoder's own option has a word for. */
function ownParameters(track: VideoEncode, i: number, plan: TranscodePlan, pass: Pass): string[] {
  const passes = track.twoPass ? [`pass=${pass}`, `stats=${statsFile(track)}`] : [];
  const parameters =
    track.codec === 'hevc'
      ? ['log-level=error', 'open-gop=0', ...(freeMin(track, plan) === null ? ['scenecut=0'] : []), ...passes]
      : passes;
  if (parameters.length === 0) return [];
  return [`-${track.codec === 'hevc' ? 'x265' : 'x264'}-params:v:${i}`, parameters.join(':')];
}

/** One name a picture, whatever else is made in the same pass: no two encodes of a plan are the same in all of these. */
function statsFile({ codec, width, height, fps, ...more }: VideoEncode): string {
  const { bitrate, profile, bitDepth, gopFrames, minGopFrames, deinterlace, denoise } = more;
  const parts = [bitrate, profile, bitDepth, gopFrames, minGopFrames ?? 0, deinterlace, Number(denoise)];
  return ['passes', codec, width, height, fps, ...parts].join('-');
}
