import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '../../../storage/index.ts';
import { PreviewError } from '../preview-error.ts';
import { malformed } from './boxes.ts';

/** What there is to read of a longer film than this would have no bounds: about 25 hours. Bytes. */
const MAX_TABLE_BYTES = 16 * 1024 ** 2;
const MAX_TYPE_BYTES = 4096;
/** Boxes of a file before its tables. */
const MOST_BOXES = 64;
const HEAD_BYTES = 16;

/** Reads the `ftyp` and `moov` of a file, wherever they are, without their heads. @throws PreviewError; what the store throws */
export async function findMovie(
  store: ObjectStore,
  key: string,
  fileSize: number,
): Promise<{ ftyp: Buffer; moov: Buffer; fileSize: number }> {
  const read = async (start: number, length: number) =>
    buffer(await store.read(key, { start, end: start + length - 1 }));
  let ftyp: Buffer | null = null;
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at + 8 <= fileSize; boxes++) {
    const head = await read(at, Math.min(HEAD_BYTES, fileSize - at));
    const { type, headBytes, size } = readHead(head, fileSize - at);
    const body = size - headBytes;
    if (type === 'ftyp') ftyp = await read(at + headBytes, within(body, MAX_TYPE_BYTES));
    if (type === 'moov') {
      if (!ftyp) throw malformed('what it is');
      return { ftyp, moov: await read(at + headBytes, within(body, MAX_TABLE_BYTES)), fileSize };
    }
    at += size;
  }
  throw malformed('where its tables are');
}

function readHead(head: Buffer, left: number) {
  const short = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  const isLong = short === 1 && head.length === HEAD_BYTES;
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? left : short;
  const headBytes = isLong ? 16 : 8;
  if (size < headBytes || size > left) throw malformed('its boxes');
  return { type, headBytes, size };
}

function within(bytes: number, most: number): number {
  if (bytes === 0) throw malformed('its boxes');
  if (bytes <= most) return bytes;
  throw new PreviewError(`the film cannot be cut: its tables have more than ${most} bytes`);
}
