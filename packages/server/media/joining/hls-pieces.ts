import type { TimeRange } from '../cutting/range.ts';
import type { Segment } from '../playlist.ts';

/** A segment of a playlist that may have been joined. */
export interface PlacedSegment extends Segment {
  /** Another clock begins with it. */
  isBreak?: true;
}

/** Reads the segments of a playlist of ours: slices of one file, as `mediaPlaylist` writes them. */
export function segmentsOf(playlist: string): PlacedSegment[] {
  const segments: PlacedSegment[] = [];
  let durationMs = 0;
  let isBreak = false;
  for (const line of playlist.split('\n')) {
    const duration = /^#EXTINF:([\d.]+)/.exec(line);
    if (duration) durationMs = Math.round(Number(duration[1]) * 1000);
    const slice = /^[^#].*\?start=(\d+)&end=(\d+)/.exec(line);
    if (line.startsWith('#EXT-X-DISCONTINUITY')) isBreak = true;
    if (!slice) continue;
    const place = { start: Number(slice[1]), end: Number(slice[2]) };
    segments.push({ durationMs, ...place, ...(isBreak && { isBreak }) });
    isBreak = false;
  }
  return segments;
}

/** The segments that show something of a stretch: whole ones, so a segment more may be seen at either end. */
export function segmentsWithin<S extends Segment>(
  segments: readonly S[],
  { startMs, endMs }: TimeRange,
): S[] {
  let beginMs = 0;
  return segments.filter(({ durationMs }) => {
    const from = beginMs;
    beginMs += durationMs;
    return from < endMs && beginMs > startMs;
  });
}

/**
 * A playlist over pieces that were put one after the other into one file (RFC 8216, version 3).
 *
 * @param pieces each the segments of one source, as they lie there
 */
export function joinedPlaylist(file: string, pieces: readonly (readonly PlacedSegment[])[]): string {
  const longest = Math.max(0, ...pieces.flat().map(({ durationMs }) => durationMs));
  let at = 0;
  const lines = pieces.flatMap((piece, i) =>
    piece.flatMap(({ durationMs, start, end, isBreak }, j) => {
      const from = at;
      at += end - start + 1;
      // Another clock begins, and maybe another encoding.
      const breaks = from > 0 && (isBreak || (i > 0 && j === 0));
      return [
        ...(breaks ? ['#EXT-X-DISCONTINUITY'] : []),
        `#EXTINF:${(durationMs / 1000).toFixed(3)},`,
        `${file}?start=${from}&end=${at - 1}&type=mpegts`,
      ];
    }),
  );
  return [
    ...['#EXTM3U', '#EXT-X-VERSION:3', `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longest / 1000))}`],
    ...['#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-PLAYLIST-TYPE:VOD', ...lines, '#EXT-X-ENDLIST', ''],
  ].join('\n');
}
