import { PreviewError } from '../preview-error.ts';
import { boxesIn, boxOf, childOf, malformed, maybeChildOf, readTime, writeTime } from './boxes.ts';
import { type CutTrack, cutTrack } from './cut-track.ts';

/** A film that begins as another one does: bytes that are made for it, then those of the other from `start` to `end`. */
export interface CutMovie {
  head: Buffer;
  start: number;
  /** Last byte. */
  end: number;
}

/** What lies between the samples that play, and does not belong to them: as a share of these, and bytes that are let pass. */
const MOST_BETWEEN = 0.5;
const LEAST_BETWEEN = 4 * 1024 ** 2;

/**
 * The beginning of an MP4 as a file of its own: its tables are cut, its samples stay as they are (ISO/IEC 14496-12).
 *
 * @param ftyp the box of that name, and that of the tables, without their heads
 * @returns null when all of it plays within that time
 * @throws PreviewError when there is no such thing
 */
export function cutMovie(
  { ftyp, moov, fileSize }: { ftyp: Buffer; moov: Buffer; fileSize: number },
  seconds: number,
): CutMovie | null {
  try {
    return cut({ ftyp, moov, fileSize }, seconds);
  } catch (error) {
    if (error instanceof RangeError) throw malformed('a field');
    throw error;
  }
}

function cut(
  { ftyp, moov, fileSize }: { ftyp: Buffer; moov: Buffer; fileSize: number },
  seconds: number,
): CutMovie | null {
  const boxes = boxesIn(moov);
  if (maybeChildOf(boxes, 'mvex')) throw new PreviewError('the film cannot be cut: it is in fragments');
  const mvhd = Buffer.from(childOf(boxes, 'mvhd'));
  const isLong = mvhd[0] === 1;
  const timescale = mvhd.readUInt32BE(isLong ? 20 : 12);
  if (timescale === 0) throw malformed('its times');
  const ticks = Math.floor(seconds * timescale);
  if (readTime(mvhd, isLong ? 24 : 16) <= ticks) return null;
  const about = { ticks, timescale, fileSize };
  const tracks = boxes.flatMap(({ type, body }) =>
    type === 'trak' ? (cutTrack(boxesIn(body), about) ?? []) : [],
  );
  if (tracks.length === 0) throw new PreviewError('nothing of the film plays until then');
  const start = Math.min(...tracks.map((track) => track.start));
  const end = Math.max(...tracks.map((track) => track.end));
  refuseBetween(tracks, end - start);
  writeTime(mvhd, isLong ? 24 : 16, Math.max(...tracks.map(({ duration }) => duration)));
  const headOf = (shift: number) =>
    Buffer.concat([
      boxOf('ftyp', ftyp),
      boxOf('moov', boxOf('mvhd', mvhd), ...tracks.map((track) => track.box(shift))),
      mediaHead(end - start),
    ]);
  // As long as it will be, whatever the numbers in it are.
  return { head: headOf(headOf(0).length - start), start, end: end - 1 };
}

/** Files whose sound lies far from its pictures would give away more than the beginning. @throws PreviewError */
function refuseBetween(tracks: readonly CutTrack[], span: number): void {
  const bytes = tracks.reduce((sum, track) => sum + track.bytes, 0);
  if (span - bytes <= Math.max(LEAST_BETWEEN, bytes * MOST_BETWEEN)) return;
  throw new PreviewError('the film cannot be cut: what plays does not lie together');
}

/** The head of the `mdat` box around so many bytes. */
function mediaHead(bytes: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write('mdat', 4, 'latin1');
  head.writeBigUInt64BE(BigInt(bytes + 16), 8);
  return head;
}
