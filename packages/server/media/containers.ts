import type { TranscodeDefinition } from './definitions.ts';
import type { AudioStream, VideoStream } from './media-info.ts';

export type Container = TranscodeDefinition['container'];

/**
 * The codecs that a container takes as they are, each with its tag there. A transport stream has no such tags: whatever
 * the source had will do. HEVC is `hvc1` since Apple's players refuse `hev1`.
 */
const codecTags: Record<Container, Record<string, string | null>> = {
  mp4: {
    ...{ h264: 'avc1', hevc: 'hvc1', av1: 'av01', vp9: 'vp09', mpeg4: 'mp4v' },
    ...{ aac: 'mp4a', mp3: 'mp4a', ac3: 'ac-3', eac3: 'ec-3', opus: 'Opus', flac: 'fLaC' },
  },
  hls: { h264: null, hevc: null, mpeg2video: null, aac: null, mp3: null, ac3: null, eac3: null },
  flv: { h264: '7', aac: '10', mp3: '2' },
};

/** Whether a container can hold the streams as they are, for definitions that only change the container. */
export function containerHolds(container: Container, streams: (VideoStream | AudioStream)[]): boolean {
  return streams.every((stream) => stream.codec in codecTags[container]);
}

/** @returns the tag to give a copied stream, null when any will do */
export function codecTag(container: Container, codec: string): string | null {
  return codecTags[container][codec] ?? null;
}
