import type { MediaInfo } from '../../media/index.ts';
import { outputName } from '../outputs/names.ts';
import type { Output } from '../outputs/types.ts';
import type { NewVideo } from '../videos/types.ts';

/** A 10 s phone clip: coded lying, shown standing. */
export const CLIP: MediaInfo = {
  container: 'mp4',
  size: 1_000_000,
  durationMs: 10_400,
  bitrate: 800_300,
  rotation: 90,
  video: [
    {
      index: 0,
      codec: 'h264',
      width: 1280,
      height: 720,
      displayWidth: 720,
      displayHeight: 1280,
      rotation: 90,
      fps: 29.97,
      bitrate: 752_300.4,
      pixelFormat: 'yuv420p',
      profile: 'High',
      bitDepth: 8,
      hdr: false,
      fullRange: false,
      interlaced: false,
      variableFrameRate: false,
    },
  ],
  audio: [{ index: 1, codec: 'aac', bitrate: 48_000, sampleRate: 44_100, channels: 2, profile: 'LC' }],
  browserPlayable: true,
};

/** A video as an upload would make it. */
export function newVideo(appId: string, id: string, more: Partial<NewVideo> = {}): NewVideo {
  return {
    id,
    appId,
    name: `clip ${id}`,
    type: 'mp4',
    size: 1_000_000,
    sha1: id.padStart(40, '0'),
    md5: id.padStart(32, '0'),
    sourceKey: `vod${appId}/${id}/f0.mp4`,
    sourceType: 'ServerUpload',
    info: CLIP,
    ...more,
  };
}

/** A rendition as transcoding would make it, or with 10000 a master playlist. */
export function newRendition(definition: number, run = '0123456789ab-1'): Output {
  const id =
    definition === 10000
      ? ({ kind: 'masterPlaylist', definition: 0, number: 0 } as const)
      : ({ kind: 'transcode', definition, number: 0 } as const);
  return {
    ...id,
    name: outputName(id, 'm3u8'),
    run,
    container: 'hls',
    bitrate: 300_000,
    videoBitrate: 250_000,
    width: 320,
    height: 180,
    size: 400,
    totalSize: 390_000,
    durationMs: 10_400,
    md5: '0123456789abcdef0123456789abcdef',
    info: { ...CLIP, container: 'hls', size: 400 },
    details: null,
  };
}
