import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codecsAttribute } from '../codecs.ts';
import type { MediaInfo } from '../media-info.ts';
import {
  extendLast,
  mediaPlaylist,
  parseSegments,
  type Segment,
  segmentBandwidth,
  type Variant,
} from '../playlist.ts';
import { encryptSegments, keyLine } from './encrypt-segments.ts';
import { inspect } from './inspect.ts';
import type { CollectedOutput, Packaging, WrittenOutput } from './packaging.ts';

/** Segments are cut at the first key frame after this many seconds: 10.4 s for 250 frames at 24 per second. */
const SEGMENT_SECONDS = 10;

/** The clock of a transport stream has 33 bits and 90,000 ticks a second. */
const CLOCK_MS = 2 ** 33 / 90;

/** HTTP Live Streaming (RFC 8216): a playlist over byte ranges of one MPEG transport stream. */
export const hlsTs = {
  name: 'hls',
  extension: 'm3u8',
  contentType: 'application/vnd.apple.mpegurl',
  segments: { extension: 'ts', contentType: 'video/mp2t' },
  codecs: { h264: null, hevc: null, mpeg2video: null, aac: null, mp3: null, ac3: null, eac3: null },
  longestKeyFrameIntervalMs: 10_500,
  carriesRotation: false,
  hasMasterPlaylist: true,
  muxer: `f=hls:hls_time=${SEGMENT_SECONDS}:hls_list_size=0:hls_playlist_type=vod:hls_flags=single_file`,
  collect,
} as const satisfies Packaging;

async function collect(written: WrittenOutput): Promise<CollectedOutput> {
  const main = file(written, written.names.main, 'main', hlsTs.contentType);
  const transport = file(written, written.names.segments!, 'segments', hlsTs.segments.contentType);
  const stream = await inspect(transport.path, written);
  const cuts = parseSegments(await readFile(main.path, 'utf8'));
  const plain = extendLast(cuts, stream.durationMs);
  const { encryption, signal } = written;
  const segments = encryption ? await encryptSegments(transport.path, plain, encryption, signal) : plain;
  const head = encryption ? [keyLine(encryption)] : [];
  const playlist = mediaPlaylist(written.segmentBase + transport.name, segments, head);
  await writeFile(main.path, playlist);
  const durationMs = segments.reduce((sum, segment) => sum + segment.durationMs, 0);
  const info: MediaInfo = {
    ...lasting(stream, durationMs),
    container: hlsTs.name,
    size: Buffer.byteLength(playlist),
  };
  return {
    files: [main, transport],
    info,
    totalSize: info.size + (encryption ? (segments.at(-1)?.end ?? -1) + 1 : stream.size),
    md5: createHash('md5').update(playlist).digest('hex'),
    variant: variantOf(main.name, info, segments),
  };
}

/**
 * What is known of a transport stream that lasts so long, ms. Its clock begins anew every 26.5 hours, so that of a longer film a
 * shorter time is seen, with bitrates as much too high.
 */
function lasting(stream: MediaInfo, durationMs: number): MediaInfo {
  if (durationMs < CLOCK_MS) return { ...stream, durationMs };
  const share = stream.durationMs / durationMs;
  const slower = <T extends { bitrate: number }>(of: T): T => ({
    ...of,
    bitrate: Math.round(of.bitrate * share),
  });
  return { ...slower(stream), durationMs, video: stream.video.map(slower), audio: stream.audio.map(slower) };
}

function variantOf(uri: string, info: MediaInfo, segments: Segment[]): Variant {
  const { peak, average } = segmentBandwidth(segments);
  const [picture] = info.video;
  return {
    uri,
    bandwidth: peak,
    averageBandwidth: average,
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    codecs: codecsAttribute(info),
    frameRate: picture?.fps ?? 0,
  };
}

function file(
  { folder }: WrittenOutput,
  name: string,
  role: 'main' | 'segments',
  contentType: string,
): CollectedOutput['files'][number] {
  return { name, path: join(folder, name), role, contentType };
}
