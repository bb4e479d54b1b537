/**
 * Preset transcode definitions (contract/specs/transcode-definitions.yaml) as plain data. How a picture is
 * fitted into `width` × `height` is the planner's business.
 */

export interface TranscodeDefinition {
  id: number;
  container: 'mp4' | 'hls' | 'flv';
  /** Extension of the file or playlist, without dot. */
  extension: 'mp4' | 'm3u8' | 'flv';
  /** Quality class as players show it; null where the documents name none. */
  quality: 'FLU' | 'SD' | 'HD' | 'FHD' | null;
  video: {
    codec: 'h264';
    /** Long edge, px; null keeps the size of the source. */
    width: number | null;
    /** Nominal short edge, px; the real one follows from the aspect ratio. Null where none is given. */
    height: number | null;
    /** Average of the video alone, bit/s. */
    bitrate: number;
    /** Null where the documents name none. */
    profile: 'baseline' | 'main' | 'high' | null;
    /** Frames per second. */
    fps: 24;
    /** Greatest distance of key frames, in frames. */
    gop: 250;
  };
  audio: {
    codec: 'aac' | 'mp3';
    /** bit/s. */
    bitrate: 48_000;
    channels: 2;
    /** Hz. */
    sampleRate: 44_100;
  };
}

/** Streams copied into another container. */
export interface RemuxDefinition {
  id: number;
  container: 'mp4' | 'hls';
}

/** Ids that stand for something other than a template. */
export const PSEUDO_DEFINITIONS = {
  /** The source itself, in lists of renditions. */
  source: 0,
  /** In QCVB_SimpleProcessFile: the account's default definitions. */
  accountDefault: 1,
  /** The HLS master playlist made by `transcode.hlsMasterPlaylist=1`. */
  masterPlaylist: 10_000,
} as const;

export const REMUX_DEFINITIONS: readonly RemuxDefinition[] = [
  { id: 9, container: 'mp4' },
  { id: 6, container: 'hls' },
];

type Container = TranscodeDefinition['container'];
type Quality = TranscodeDefinition['quality'];
type Profile = TranscodeDefinition['video']['profile'];
type Row = readonly [
  id: number,
  container: Container,
  quality: Quality,
  width: number | null,
  height: number | null,
  kbps: number,
  profile: Profile,
];

const ROWS: readonly Row[] = [
  [10, 'mp4', 'FLU', 320, 240, 256, 'baseline'],
  [20, 'mp4', 'SD', 640, 480, 512, 'main'],
  [30, 'mp4', 'HD', 1280, 720, 1024, 'high'],
  [40, 'mp4', 'FHD', 1920, 1080, 2500, 'high'],
  [210, 'hls', 'FLU', 320, 240, 256, 'baseline'],
  [220, 'hls', 'SD', 640, 480, 512, 'main'],
  [230, 'hls', 'HD', 1280, 720, 1024, 'high'],
  [240, 'hls', 'FHD', 1920, 1080, 2500, 'high'],
  [10046, 'flv', 'FLU', 320, 240, 256, 'baseline'],
  [10047, 'flv', 'SD', 640, 480, 512, 'main'],
  [10048, 'flv', 'HD', 1280, 720, 1024, 'high'],
  [10049, 'flv', 'FHD', 1920, 1080, 2500, 'high'],
  [211, 'hls', null, null, null, 1000, null],
  [221, 'hls', null, 960, null, 1500, null],
  [231, 'hls', null, 1280, null, 2500, null],
  [241, 'hls', null, 1920, null, 3500, null],
  [242, 'hls', null, 1920, null, 3000, null],
];

/** All presets that encode, in the order of the documents. */
export const TRANSCODE_DEFINITIONS: readonly TranscodeDefinition[] = ROWS.map(
  ([id, container, quality, width, height, kbps, profile]) => ({
    id,
    container,
    extension: container === 'hls' ? 'm3u8' : container,
    quality,
    video: { codec: 'h264', width, height, bitrate: kbps * 1000, profile, fps: 24, gop: 250 },
    audio: {
      codec: container === 'flv' ? 'mp3' : 'aac',
      bitrate: 48_000,
      channels: 2,
      sampleRate: 44_100,
    },
  }),
);
