import type { MediaInfo } from '../../../media/index.ts';

/** bit/s in GetVideoInfo; kbit/s in the tables of ProcedureStateChanged. */
type BitrateUnit = 'bit/s' | 'kbit/s';

/**
 * `metaData` of GetVideoInfo and ProcedureStateChanged: what probing found in a file, whole numbers, seconds.
 * `totalSize` counts segments too, bytes.
 */
export function metaDataOf(
  info: MediaInfo,
  { md5, totalSize }: { md5: string; totalSize: number },
  unit: BitrateUnit = 'bit/s',
) {
  return {
    ...streamsOf(info, md5, unit),
    floatDuration: info.durationMs / 1000,
    rotate: info.rotation,
    totalSize,
  };
}

/** What `metaData` and an element of `transcodeList` have in common. */
export function streamsOf(info: MediaInfo, md5: string, unit: BitrateUnit = 'bit/s') {
  const rate = (bitrate: number) => Math.round(unit === 'bit/s' ? bitrate : bitrate / 1000);
  return {
    size: info.size,
    container: containerOf(info.container),
    bitrate: rate(info.bitrate),
    height: Math.max(0, ...info.video.map(({ height }) => height)),
    width: Math.max(0, ...info.video.map(({ width }) => width)),
    md5,
    duration: wholeSeconds(info.durationMs),
    videoStreamList: info.video.map(({ bitrate, height, width, codec, fps }) => ({
      bitrate: rate(bitrate),
      height,
      width,
      codec,
      fps: Math.round(fps),
    })),
    audioStreamList: info.audio.map(({ bitrate, sampleRate, codec }) => ({
      bitrate: rate(bitrate),
      samplingRate: sampleRate,
      codec,
    })),
  };
}

/** ms to seconds, rounded; a file that lasts at all never shows as 0 s, which clients take for "unknown". */
export function wholeSeconds(ms: number): number {
  return ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0;
}

/** A container's name on the wire, which for HLS is that of the demuxer which the original's tools used. */
export function containerOf(container: string): string {
  return container === 'hls' ? 'hls,applehttp' : container;
}
