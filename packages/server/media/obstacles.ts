import { inWords, MediaError, type UnfitReason } from './errors.ts';
import { MAX_PIXELS } from './input.ts';
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';
import type { OutputSpec } from './output-spec.ts';
import { holds, packagingOf } from './packaging/index.ts';
import { saysRotationItself } from './rotation.ts';

const SECONDS_MIN = 0.01;
const SECONDS_MAX = 604_800;

export function unfit(reason: UnfitReason, message: string = inWords(reason)): MediaError {
  return new MediaError({ stage: 'source', reason }, message);
}

/** @throws MediaError when nothing can be made of a source, whatever is wanted */
export function refuseUnfitSource({ video: [video], audio, durationMs }: MediaInfo): void {
  if (!video && audio.length === 0) throw unfit('no-streams');
  if (durationMs === 0) throw unfit('duration-zero');
  const seconds = durationMs / 1000;
  if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
    const bounds = `between ${SECONDS_MIN} and ${SECONDS_MAX} s`;
    throw unfit('duration-out-of-range', `the file lasts ${seconds} s; it must be ${bounds}`);
  }
  if (!video) return;
  const pixels = Math.max(video.width * video.height, video.displayWidth * video.displayHeight);
  if (pixels > MAX_PIXELS) {
    throw unfit('picture-too-large', `the picture is too large: ${video.width} × ${video.height} px`);
  }
}

/** @returns why one output cannot be made of a source; null when it can */
export function obstacleTo(
  spec: OutputSpec,
  video: VideoStream | null,
  audio: AudioStream | null,
): { reason: UnfitReason; message: string } | null {
  if (spec.copy) return obstacleToCopy(spec, video, audio);
  if (spec.video && !video) return { reason: 'no-video', message: inWords('no-video') };
  if (!spec.video && !audio) return { reason: 'no-audio', message: inWords('no-audio') };
  return null;
}

function obstacleToCopy(
  { container, watermark }: OutputSpec,
  video: VideoStream | null,
  audio: AudioStream | null,
): { reason: UnfitReason; message: string } | null {
  if (watermark && video) return { reason: 'watermark-on-copy', message: inWords('watermark-on-copy') };
  const packaging = packagingOf(container);
  for (const stream of [video, audio]) {
    if (stream && !holds(container, stream.codec)) {
      const message = `${stream.codec} cannot be copied into ${container.toUpperCase()}`;
      return { reason: 'codec-not-in-container', message };
    }
  }
  if (video && video.rotation !== 0 && !packaging.carriesRotation && !saysRotationItself(video)) {
    const message = `the picture is turned by ${video.rotation} degrees, which a copy of ${video.codec} in ${container.toUpperCase()} cannot say`;
    return { reason: 'rotation-not-in-container', message };
  }
  return null;
}
