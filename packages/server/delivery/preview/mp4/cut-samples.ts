import { type Box, boxOf, childOf, entriesOf, malformed, maybeChildOf, tableOf, uint32 } from './boxes.ts';

/** The first samples of a track: what is left of its tables, and where its bytes are. */
export interface CutSamples {
  /** ticks of the track */
  duration: number;
  /** Of the source, bytes: the first, and the one behind the last. */
  start: number;
  end: number;
  /** Of all samples together. */
  bytes: number;
  /** The `stbl` of a file whose samples lie `shift` bytes behind where they lay. */
  table(shift: number): Buffer;
}

/**
 * The samples of a track that are decoded before `limit`, ticks of the track. What only helps to seek or to join is left out.
 *
 * @param stbl its tables
 * @param fileSize bytes
 * @returns null when there are none
 * @throws PreviewError, RangeError for tables that are broken
 */
export function cutSamples(stbl: readonly Box[], limit: number, fileSize: number): CutSamples | null {
  const stts = childOf(stbl, 'stts');
  const times = cutRuns(entriesOf(stts, 8), limit, true);
  const sizes = sizesIn(childOf(stbl, 'stsz'));
  if (times.count > sizes.count) throw malformed('the number of samples');
  if (times.count === 0) return null;
  const { runs, offsets, isLong, ...place } = cutChunks(stbl, times.count, sizes, fileSize);
  const ctts = maybeChildOf(stbl, 'ctts');
  const stss = maybeChildOf(stbl, 'stss');
  const stsc = childOf(stbl, 'stsc');
  const fixed = [
    boxOf('stsd', childOf(stbl, 'stsd')),
    tableOf('stts', stts, times.entries),
    ...(ctts ? [tableOf('ctts', ctts, cutRuns(entriesOf(ctts, 8), times.count, false).entries)] : []),
    ...(stss ? [tableOf('stss', stss, keysUpTo(entriesOf(stss, 4), times.count))] : []),
    tableOf('stsc', stsc, runs),
    sizes.cut(times.count),
  ];
  return {
    ...{ ...place, duration: times.duration },
    table(shift) {
      const moved = Buffer.alloc(offsets.length * (isLong ? 8 : 4));
      for (const [i, offset] of offsets.entries()) {
        if (isLong) moved.writeBigUInt64BE(BigInt(offset + shift), i * 8);
        else moved.writeUInt32BE(offset + shift, i * 4);
      }
      const entries = boxOf(isLong ? 'co64' : 'stco', uint32(0), uint32(offsets.length), moved);
      return boxOf('stbl', ...fixed, entries);
    },
  };
}

/**
 * The beginning of a table of runs, of a number of samples and a figure of each of them: until the figures add up to `most`, or the
 * samples do.
 */
function cutRuns(entries: Buffer, most: number, byFigure: boolean) {
  // bounded by: the table
  const kept: Buffer[] = [];
  let count = 0;
  let duration = 0;
  for (let at = 0; at < entries.length; at += 8) {
    const [samples, figure] = [entries.readUInt32BE(at), entries.readUInt32BE(at + 4)];
    const left = byFigure ? Math.ceil((most - duration) / Math.max(figure, 1)) : most - count;
    if (left <= 0) break;
    const taken = Math.min(samples, left);
    kept.push(Buffer.concat([uint32(taken), entries.subarray(at + 4, at + 8)]));
    count += taken;
    duration += taken * figure;
  }
  return { entries: kept, count, duration };
}

function keysUpTo(numbers: Buffer, count: number): Buffer[] {
  // bounded by: the table
  const kept: Buffer[] = [];
  for (let at = 0; at < numbers.length && numbers.readUInt32BE(at) <= count; at += 4) {
    kept.push(numbers.subarray(at, at + 4));
  }
  return kept;
}

interface Sizes {
  count: number;
  /** Bytes of some samples, counted from 0. */
  sum(first: number, count: number): number;
  /** The table of the first. */
  cut(count: number): Buffer;
}

function sizesIn(stsz: Buffer): Sizes {
  const all = stsz.readUInt32BE(4);
  const count = stsz.readUInt32BE(8);
  const head = stsz.subarray(0, 8);
  if (all > 0) {
    return { count, sum: (_, some) => some * all, cut: (some) => boxOf('stsz', head, uint32(some)) };
  }
  const table = entriesOf(stsz.subarray(4), 4);
  return {
    count,
    sum(first, some) {
      let bytes = 0;
      for (let i = first; i < first + some; i++) bytes += table.readUInt32BE(i * 4);
      return bytes;
    },
    cut: (some) => boxOf('stsz', head, uint32(some), table.subarray(0, some * 4)),
  };
}

/** The chunks of the first samples, the last of them perhaps not whole. */
function cutChunks(stbl: readonly Box[], count: number, sizes: Sizes, fileSize: number) {
  const short = maybeChildOf(stbl, 'stco');
  const table = short ? entriesOf(short, 4) : entriesOf(childOf(stbl, 'co64'), 8);
  const entries = entriesOf(childOf(stbl, 'stsc'), 12);
  const chunks = table.length / (short ? 4 : 8);
  // Both bounded by: the table of chunks
  const offsets: number[] = [];
  const runs: Buffer[] = [];
  let [sample, bytes, start, end] = [0, 0, Number.POSITIVE_INFINITY, 0];
  let last = '';
  for (let at = 0; at < entries.length && sample < count; at += 12) {
    const next = at + 12 < entries.length ? entries.readUInt32BE(at + 12) : chunks + 1;
    const [first, perChunk] = [entries.readUInt32BE(at), entries.readUInt32BE(at + 4)];
    if (first !== offsets.length + 1 || next > chunks + 1 || perChunk === 0) throw malformed('its chunks');
    for (let chunk = first; chunk < next && sample < count; chunk++) {
      const taken = Math.min(perChunk, count - sample);
      const offset = short
        ? table.readUInt32BE((chunk - 1) * 4)
        : Number(table.readBigUInt64BE((chunk - 1) * 8));
      const size = sizes.sum(sample, taken);
      if (offset + size > fileSize) throw malformed('where its samples are');
      const run = Buffer.concat([uint32(chunk), uint32(taken), entries.subarray(at + 8, at + 12)]);
      const name = run.toString('latin1', 4);
      if (name !== last) runs.push(run);
      last = name;
      offsets.push(offset);
      [sample, bytes] = [sample + taken, bytes + size];
      [start, end] = [Math.min(start, offset), Math.max(end, offset + size)];
    }
  }
  if (sample < count) throw malformed('its chunks');
  return { runs, offsets, isLong: !short, bytes, start, end };
}
