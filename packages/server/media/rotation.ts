import type { MediaInfo, VideoStream } from './media-info.ts';

/** Codecs that can say inside the stream how a picture is to be turned, each with the bitstream filter that says it. */
const orientationFilters: Record<string, (counterClockwise: number) => string> = {
  // ITU-T H.264, D.1.27: the display orientation message, repeated with each key frame.
  h264: (degrees) => `h264_metadata=display_orientation=insert:rotate=${degrees}`,
};

/** Whether a copy keeps its rotation in a container that knows none. */
export function saysRotationItself(stream: Pick<VideoStream, 'codec'>): boolean {
  return stream.codec in orientationFilters;
}

/** @returns the bitstream filter that writes a stream's rotation into the stream, null when there is none to write */
export function orientationFilter(stream: Pick<VideoStream, 'codec' | 'rotation'>): string | null {
  return stream.rotation === 0 ? null : (orientationFilters[stream.codec]?.(-stream.rotation) ?? null);
}

/**
 * What a file is whose picture says that it be turned, which probing does not see.
 *
 * @param rotation degrees clockwise; 0 changes nothing
 */
export function turned(info: MediaInfo, rotation: VideoStream['rotation']): MediaInfo {
  const [main, ...others] = info.video;
  if (rotation === 0 || !main) return info;
  const { displayWidth, displayHeight } = main;
  const shown = rotation === 180 ? {} : { displayWidth: displayHeight, displayHeight: displayWidth };
  return { ...info, rotation, video: [{ ...main, ...shown, rotation }, ...others] };
}
