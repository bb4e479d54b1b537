import type { AudioStream, MediaInfo, VideoStream } from '../media-info.ts';

/** An ordinary 1080p source that no preset fits; tests change what they are about. */
export function videoStream(changes: Partial<VideoStream> = {}): VideoStream {
  const { width = 1920, height = 1080 } = changes;
  return {
    ...{ index: 0, codec: 'h264', width, height, displayWidth: width, displayHeight: height, rotation: 0 },
    ...{ fps: 30, bitrate: 8_000_000, pixelFormat: 'yuv420p', profile: 'High', level: 40, bitDepth: 8 },
    ...{
      hdr: false,
      fullRange: false,
      interlaced: false,
      variableFrameRate: false,
      keyFrameIntervalMs: 2000,
    },
    ...changes,
  } as VideoStream;
}

export function audioStream(changes: Partial<AudioStream> = {}): AudioStream {
  return {
    index: 1,
    codec: 'aac',
    bitrate: 128_000,
    sampleRate: 44_100,
    channels: 2,
    profile: 'LC',
    ...changes,
  };
}

export function mediaInfo(changes: Partial<MediaInfo> = {}): MediaInfo {
  return {
    ...{ container: 'mp4', size: 1_000_000, durationMs: 60_000, bitrate: 8_128_000, rotation: 0 },
    ...{ video: [videoStream()], audio: [audioStream()], browserPlayable: true },
    ...changes,
  };
}
