import { type Box, full, maybe, one } from './mp4-boxes.ts';
import { sure } from './unsure.ts';

/** When the samples of a track are decoded, how large they are and where they begin: its `stbl` box. */
export interface Samples {
  count: number;
  /** ticks of the track: the sum of all durations */
  duration: number;
  /** ticks of each sample but the last; null when they differ */
  delta: number | null;
  /** bytes of all samples together */
  bytes: number;
  first: { offset: number; size: number };
  /** entries of four bytes: the numbers of key frames, from 1; null when all are */
  keys: Buffer | null;
  /** entries of eight bytes: how many samples, and how many ticks these are shown after they are decoded; null for none */
  delays: Buffer | null;
}

/** 46 hours at 30 frames a second. */
const MAX_SAMPLES = 5_000_000;

/**
 * @param fileSize bytes
 * @throws Unsure when the tables do not agree, are empty, or place samples over each other or beyond the file
 */
export function readSamples(stbl: Box[], fileSize: number): Samples {
  const times = readTimes(one(stbl, 'stts'));
  const sizes = readSizes(one(stbl, 'stsz'));
  sure(times.count > 0 && times.count <= MAX_SAMPLES, 'no samples, or too many');
  sure(sizes.count === times.count, 'tables that do not agree');
  const chunks = readChunks(stbl);
  const bytes = placeSamples(sizes, chunks, fileSize);
  const keys = maybe(stbl, 'stss');
  const delays = maybe(stbl, 'ctts');
  return {
    ...{ ...times, bytes, first: { offset: chunks.offset(0), size: sizes.of(0) } },
    keys: keys ? entriesOf(keys, 4) : null,
    delays: delays ? entriesOf(delays, 8) : null,
  };
}

/** @returns the entries of a table that begins with their number. @throws Unsure when there are none */
function entriesOf(body: Buffer, bytes: number): Buffer {
  const { cursor } = full(body);
  const count = cursor.uint(4);
  sure(count > 0, 'an empty table');
  return cursor.take(count * bytes);
}

function readTimes(stts: Buffer): Pick<Samples, 'count' | 'duration' | 'delta'> {
  const entries = entriesOf(stts, 8);
  let count = 0;
  let duration = 0;
  for (let at = 0; at < entries.length; at += 8) {
    const [samples, delta] = [entries.readUInt32BE(at), entries.readUInt32BE(at + 4)];
    sure(samples > 0 && delta > 0 && delta < 2 ** 31, 'samples without duration');
    count += samples;
    duration += samples * delta;
  }
  sure(Number.isSafeInteger(duration), 'an enormous figure');
  const isConstant = entries.length === 8 || (entries.length === 16 && entries.readUInt32BE(8) === 1);
  return { count, duration, delta: isConstant ? entries.readUInt32BE(4) : null };
}

interface Sizes {
  count: number;
  /** bytes of a sample, counted from 0 */
  of(sample: number): number;
}

function readSizes(stsz: Buffer): Sizes {
  const { cursor } = full(stsz);
  const all = cursor.uint(4);
  const count = cursor.uint(4);
  if (all > 0) return { count, of: () => all };
  const table = cursor.take(count * 4);
  return { count, of: (sample) => table.readUInt32BE(sample * 4) };
}

interface Chunks {
  count: number;
  /** where a chunk begins in the file, bytes; counted from 0 */
  offset(chunk: number): number;
  /** entries of twelve bytes: from which chunk on (from 1), how many samples in each, which description */
  runs: Buffer;
}

function readChunks(stbl: Box[]): Chunks {
  const short = maybe(stbl, 'stco');
  sure(!short || !maybe(stbl, 'co64'), 'stco and co64');
  const size = short ? 4 : 8;
  const offsets = entriesOf(short ?? one(stbl, 'co64'), size);
  return {
    count: offsets.length / size,
    offset: (chunk) => (short ? offsets.readUInt32BE(chunk * 4) : Number(offsets.readBigUInt64BE(chunk * 8))),
    runs: entriesOf(one(stbl, 'stsc'), 12),
  };
}

/** Goes through all samples in their places. @returns the bytes of all together */
function placeSamples(sizes: Sizes, chunks: Chunks, fileSize: number): number {
  const { runs } = chunks;
  let [sample, chunk, end, bytes] = [0, 0, 0, 0];
  for (let at = 0; at < runs.length; at += 12) {
    const next = at + 12 < runs.length ? runs.readUInt32BE(at + 12) : chunks.count + 1;
    const perChunk = runs.readUInt32BE(at + 4);
    sure(runs.readUInt32BE(at) === chunk + 1 && next > chunk + 1, 'chunks out of order');
    sure(next <= chunks.count + 1 && perChunk > 0, 'chunks that do not exist');
    sure(runs.readUInt32BE(at + 8) === 1, 'several sample descriptions');
    for (; chunk + 1 < next; chunk += 1) {
      sure(chunks.offset(chunk) >= end, 'samples in an uncommon order');
      end = chunks.offset(chunk);
      sure(sample + perChunk <= sizes.count, 'tables that do not agree');
      for (const last = sample + perChunk; sample < last; sample += 1) {
        end += sizes.of(sample);
        bytes += sizes.of(sample);
      }
      sure(end <= fileSize, 'samples beyond the end of the file');
    }
  }
  sure(sample === sizes.count && chunk === chunks.count, 'tables that do not agree');
  return bytes;
}
