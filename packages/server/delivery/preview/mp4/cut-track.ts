import { PreviewError } from '../preview-error.ts';
import { type Box, boxesIn, boxOf, childOf, maybeChildOf, tableOf, writeTime } from './boxes.ts';
import { type CutSamples, cutSamples } from './cut-samples.ts';

/** The beginning of a track. */
export interface CutTrack extends Omit<CutSamples, 'table' | 'duration'> {
  /** ticks of the film */
  duration: number;
  /** The `trak` of a file whose samples lie `shift` bytes behind where they lay. */
  box(shift: number): Buffer;
}

/** What is shown and heard; texts, chapters and what else there may be is not taken along. */
const PLAYED = ['vide', 'soun'];

/**
 * @param trak its boxes
 * @param ticks how many of the film's are to play
 * @param timescale ticks of the film a second
 * @returns null when nothing of the track plays until then
 * @throws PreviewError, RangeError for one that is broken
 */
export function cutTrack(
  trak: readonly Box[],
  { ticks, timescale, fileSize }: { ticks: number; timescale: number; fileSize: number },
): CutTrack | null {
  const mdia = boxesIn(childOf(trak, 'mdia'));
  const hdlr = childOf(mdia, 'hdlr');
  if (!PLAYED.includes(hdlr.toString('latin1', 8, 12))) return null;
  const mdhd = Buffer.from(childOf(mdia, 'mdhd'));
  const own = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12) / timescale;
  if (!(own > 0)) throw new PreviewError('the film cannot be cut: a track has no times');
  const edts = maybeChildOf(trak, 'edts');
  const edits = edts ? readEdits(childOf(boxesIn(edts), 'elst')) : null;
  const pause = edits?.pause ?? 0;
  const from = edits?.from ?? 0;
  if (ticks <= pause) return null;
  const minf = boxesIn(childOf(mdia, 'minf'));
  const stbl = boxesIn(childOf(minf, 'stbl'));
  const cut = cutSamples(stbl, from + (ticks - pause) * own, fileSize);
  if (!cut) return null;
  const shown = Math.min(ticks - pause, Math.max(1, Math.round((cut.duration - from) / own)));
  const duration = pause + (edits ? Math.min(shown, edits.shown || shown) : shown);
  const tkhd = Buffer.from(childOf(trak, 'tkhd'));
  writeTime(tkhd, tkhd[0] === 1 ? 28 : 20, duration);
  writeTime(mdhd, mdhd[0] === 1 ? 24 : 16, cut.duration);
  const { table, ...place } = cut;
  return {
    ...place,
    duration,
    box: (shift) =>
      boxOf(
        'trak',
        boxOf('tkhd', tkhd),
        ...(edits ? [boxOf('edts', edits.boxOf(duration - pause))] : []),
        boxOf(
          'mdia',
          boxOf('mdhd', mdhd),
          boxOf('hdlr', hdlr),
          boxOf(
            'minf',
            ...minf.map(({ type, body }) => (type === 'stbl' ? table(shift) : boxOf(type, body))),
          ),
        ),
      ),
  };
}

interface Edits {
  /** Before anything is shown, ticks of the film. */
  pause: number;
  /** Where in the track it begins, ticks of the track. */
  from: number;
  /** How long it is shown, ticks of the film; 0: to its end. */
  shown: number;
  /** The same list with another length. */
  boxOf(shown: number): Buffer;
}

/** A list that shows one piece of the track, as nearly all do. @throws PreviewError for others */
function readEdits(elst: Buffer): Edits {
  const bytes = elst[0] === 1 ? 20 : 12;
  const count = elst.readUInt32BE(4);
  // bounded by: the box, below
  const entries: Buffer[] = [];
  if (8 + count * bytes > elst.length) throw uncommon();
  for (let i = 0; i < count; i++) entries.push(elst.subarray(8 + i * bytes, 8 + (i + 1) * bytes));
  const durationOf = (entry: Buffer) =>
    bytes === 20 ? Number(entry.readBigUInt64BE(0)) : entry.readUInt32BE(0);
  const fromOf = (entry: Buffer) => (bytes === 20 ? Number(entry.readBigInt64BE(8)) : entry.readInt32BE(4));
  const piece = entries.at(-1);
  const pauses = entries.slice(0, -1);
  if (!piece || fromOf(piece) < 0 || pauses.some((one) => fromOf(one) !== -1)) throw uncommon();
  return {
    pause: pauses.reduce((sum, one) => sum + durationOf(one), 0),
    from: fromOf(piece),
    shown: durationOf(piece),
    boxOf(shown) {
      const changed = Buffer.from(piece);
      if (bytes === 20) changed.writeBigUInt64BE(BigInt(shown), 0);
      else changed.writeUInt32BE(shown, 0);
      return tableOf('elst', elst, [...pauses, changed]);
    },
  };
}

function uncommon(): PreviewError {
  return new PreviewError('the film cannot be cut: it shows several pieces of a track');
}
