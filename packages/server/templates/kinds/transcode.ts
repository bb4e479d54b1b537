import { z } from 'zod';
import {
  type AudioSpec,
  CONTAINERS,
  impossibilityOf,
  type OutputSpec,
  type VideoSpec,
} from '../../media/index.ts';
import type { FieldsOf, Kind, Preset } from './kind.ts';

/** What media makes of a source, without the number that it is known by, and what a call adds. */
export type TranscodeBody = Omit<OutputSpec, 'id' | 'watermark'>;

/** Ranges are the widest that the documents name (docs/wire/templates.md); a wire may allow less. */
const px = z.int().min(128).max(4096);

const edge = z.union([px, z.literal('source')], 'must be 128 to 4096 px, or that of the source').nullable();
const flag = z.boolean().optional();
const distance = z.int().min(100).max(60_000).nullable();

const video = z.strictObject({
  codec: z.enum(['h264', 'hevc']),
  width: edge,
  height: edge,
  selfAdapting: z.boolean(),
  bothEdges: flag,
  fps: z.number().min(1).max(120),
  bitrate: z.int().min(10_000).max(50_000_000),
  atMost: z.strictObject({ width: flag, height: flag, fps: flag, bitrate: flag }).optional(),
  profile: z.enum(['baseline', 'main', 'high']).nullable(),
  gopFrames: z.int().min(1).max(1200),
  gop: z.strictObject({ minMs: distance, maxMs: distance }).optional(),
  bitDepth: z.union([z.literal(8), z.literal(10)], 'must be 8 or 10').optional(),
  deinterlace: flag,
  denoise: flag,
  twoPass: flag,
} satisfies FieldsOf<VideoSpec>);

const audio = z.strictObject({
  codec: z.enum(['aac', 'mp3']),
  bitrate: z.int().min(26_000).max(256_000),
  channels: z.union([z.literal(1), z.literal(2)], 'must be 1 or 2'),
  sampleRate: z.literal([44_100, 48_000]),
  atMost: z.strictObject({ bitrate: flag, sampleRate: flag }).optional(),
  resampler: z.literal('soxr').optional(),
  boostCentre: flag,
} satisfies FieldsOf<AudioSpec>);

const body = z
  .strictObject({
    container: z.enum(CONTAINERS),
    copy: flag,
    video: video.nullable(),
    audio: audio.nullable(),
  } satisfies FieldsOf<TranscodeBody>)
  .superRefine((wish, context) => {
    const impossible = impossibilityOf(wish);
    if (!impossible) return;
    const path = impossible.field === '' ? [] : impossible.field.split('.');
    context.addIssue({ code: 'custom', path, message: impossible.reason });
  });

/** What docs/wire/templates.md has no other column for is the same in all presets. */
function encoded(
  id: number,
  name: string,
  container: TranscodeBody['container'],
  [width, height]: [VideoSpec['width'], VideoSpec['height']],
  kilobits: number,
  profile: VideoSpec['profile'] = null,
): Preset<TranscodeBody> {
  const bitrate = kilobits * 1000;
  const audioCodec = container === 'flv' ? 'mp3' : 'aac';
  return {
    id,
    name,
    body: {
      container,
      video: { codec: 'h264', width, height, selfAdapting: true, fps: 24, bitrate, profile, gopFrames: 250 },
      audio: { codec: audioCodec, bitrate: 48_000, channels: 2, sampleRate: 44_100 },
    },
  };
}

/** The same streams in another container. */
function repackaged(id: number, name: string, container: TranscodeBody['container']): Preset<TranscodeBody> {
  return { id, name, body: { container, copy: true, video: null, audio: null } };
}

/** The documents name the presets by their numbers only; the names are ours. */
const presets: readonly Preset<TranscodeBody>[] = [
  encoded(10, 'MP4 FLU', 'mp4', [320, 240], 256, 'baseline'),
  encoded(20, 'MP4 SD', 'mp4', [640, 480], 512, 'main'),
  encoded(30, 'MP4 HD', 'mp4', [1280, 720], 1024, 'high'),
  encoded(40, 'MP4 FHD', 'mp4', [1920, 1080], 2500, 'high'),
  encoded(210, 'HLS FLU', 'hls', [320, 240], 256, 'baseline'),
  encoded(220, 'HLS SD', 'hls', [640, 480], 512, 'main'),
  encoded(230, 'HLS HD', 'hls', [1280, 720], 1024, 'high'),
  encoded(240, 'HLS FHD', 'hls', [1920, 1080], 2500, 'high'),
  encoded(10046, 'FLV FLU', 'flv', [320, 240], 256, 'baseline'),
  encoded(10047, 'FLV SD', 'flv', [640, 480], 512, 'main'),
  encoded(10048, 'FLV HD', 'flv', [1280, 720], 1024, 'high'),
  encoded(10049, 'FLV FHD', 'flv', [1920, 1080], 2500, 'high'),
  encoded(211, 'HLS source 1000k', 'hls', ['source', 'source'], 1000),
  encoded(221, 'HLS 960 1500k', 'hls', [960, null], 1500),
  encoded(231, 'HLS 1280 2500k', 'hls', [1280, null], 2500),
  encoded(241, 'HLS 1920 3500k', 'hls', [1920, null], 3500),
  encoded(242, 'HLS 1920 3000k', 'hls', [1920, null], 3000),
  repackaged(9, 'MP4 repackaged', 'mp4'),
  repackaged(6, 'HLS repackaged', 'hls'),
];

/** Renditions: encoded, or copied into another container. The documents allow 16 own ones. */
export const transcode: Kind<TranscodeBody> = { body, presets, limit: 16 };
