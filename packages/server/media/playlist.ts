/** A segment: a byte range of the rendition's one transport stream file. */
export interface Segment {
  /** ms */
  durationMs: number;
  /** first byte */
  start: number;
  /** last byte, inclusive */
  end: number;
}

/**
 * Reads the segments out of the playlist that ffmpeg's hls muxer writes with `single_file` (RFC 8216: EXTINF and
 * EXT-X-BYTERANGE `length@offset`; without an offset the range follows the one before it).
 */
export function parseSegments(playlist: string): Segment[] {
  const segments: Segment[] = [];
  let durationMs = 0;
  for (const line of playlist.split('\n')) {
    const duration = /^#EXTINF:([\d.]+)/.exec(line);
    if (duration) durationMs = Math.round(Number(duration[1]) * 1000);
    const range = /^#EXT-X-BYTERANGE:(\d+)(?:@(\d+))?/.exec(line);
    if (!range) continue;
    const start = range[2] === undefined ? (segments.at(-1)?.end ?? -1) + 1 : Number(range[2]);
    segments.push({ durationMs, start, end: start + Number(range[1]) - 1 });
  }
  return segments;
}

/**
 * Segments are measured by their pictures; where sound goes on after the last picture, the last one lasts longer.
 *
 * @param durationMs of the whole stream
 */
export function extendLast(segments: Segment[], durationMs: number): Segment[] {
  const last = segments.at(-1);
  if (!last) return [];
  const before = segments.slice(0, -1);
  const rest = durationMs - before.reduce((sum, segment) => sum + segment.durationMs, 0);
  return [...before, { ...last, durationMs: Math.max(last.durationMs, rest) }];
}

/**
 * The playlist of one rendition (RFC 8216, version 3): each segment is addressed as a slice of the one file, in
 * the form that docs/wire/output-naming.md has seen: `f0.f210.ts?start=0&end=351007&type=mpegts`.
 *
 * @param head lines before the first segment
 */
export function mediaPlaylist(
  segmentsFile: string,
  segments: Segment[],
  head: readonly string[] = [],
): string {
  const longest = Math.max(0, ...segments.map((segment) => segment.durationMs));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    // RFC 8216, 4.3.3.1: every duration, rounded to the nearest second, must not exceed the target.
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longest / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...head,
    ...segments.flatMap((segment) => [
      `#EXTINF:${(segment.durationMs / 1000).toFixed(3)},`,
      `${segmentsFile}?start=${segment.start}&end=${segment.end}&type=mpegts`,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** The busiest segment and the whole, bit/s. */
export function segmentBandwidth(segments: Segment[]): { peak: number; average: number } {
  const bits = (segment: Segment) => (segment.end - segment.start + 1) * 8;
  const rate = (total: number, ms: number) => Math.ceil((total * 1000) / Math.max(1, ms));
  const totalBits = segments.reduce((sum, segment) => sum + bits(segment), 0);
  const totalMs = segments.reduce((sum, segment) => sum + segment.durationMs, 0);
  // A last segment of a few frames is no measure of the peak.
  const lasting = segments.filter((segment) => segment.durationMs >= 1000);
  const average = rate(totalBits, totalMs);
  return { peak: Math.max(average, ...lasting.map((s) => rate(bits(s), s.durationMs))), average };
}

/** A rendition in a master playlist. */
export interface Variant {
  uri: string;
  /** bit/s of the busiest segment */
  bandwidth: number;
  /** bit/s */
  averageBandwidth: number;
  /** px; 0 for sound only */
  width: number;
  height: number;
  /** RFC 6381, for example "avc1.64001f,mp4a.40.2"; empty when unknown */
  codecs: string;
  /** frames per second; 0 for sound only */
  frameRate: number;
}

/** The master playlist over the renditions of a video (RFC 8216, 4.3.4), from the lowest bandwidth up. */
export function masterPlaylist(variants: Variant[]): string {
  const lines = variants
    .toSorted((a, b) => a.bandwidth - b.bandwidth)
    .flatMap((variant) => {
      const attributes = [
        `BANDWIDTH=${variant.bandwidth}`,
        `AVERAGE-BANDWIDTH=${variant.averageBandwidth}`,
        ...(variant.width > 0 ? [`RESOLUTION=${variant.width}x${variant.height}`] : []),
        ...(variant.frameRate > 0 ? [`FRAME-RATE=${variant.frameRate.toFixed(3)}`] : []),
        ...(variant.codecs ? [`CODECS="${variant.codecs}"`] : []),
      ];
      return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, variant.uri];
    });
  return ['#EXTM3U', '#EXT-X-VERSION:3', ...lines, ''].join('\n');
}
