import { PreviewError } from '../preview-error.ts';

/** A box (ISO/IEC 14496-12, 4.2) without its head. */
export interface Box {
  type: string;
  body: Buffer;
}

/** More children than a box of a film has. */
const MOST = 512;

/** @throws PreviewError for boxes that do not fill `bytes` */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length || boxes.length === MOST) throw malformed('its boxes');
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return boxes;
}

/** The first child of this type. @throws PreviewError when there is none */
export function childOf(boxes: readonly Box[], type: string): Buffer {
  const found = maybeChildOf(boxes, type);
  if (!found) throw malformed(`no ${type}`);
  return found;
}

export function maybeChildOf(boxes: readonly Box[], type: string): Buffer | undefined {
  return boxes.find((box) => box.type === type)?.body;
}

/** A box with its head. */
export function boxOf(type: string, ...parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, { length }) => sum + length, 8);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...parts], size);
}

/** A "full" box that is a table: version and flags of another one, the number of entries, the entries. */
export function tableOf(type: string, like: Buffer, entries: readonly Buffer[]): Buffer {
  return boxOf(type, like.subarray(0, 4), uint32(entries.length), ...entries);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The entries of a table, of which there are as many as it says. @param bytes of an entry @throws PreviewError */
export function entriesOf(table: Buffer, bytes: number): Buffer {
  const count = table.readUInt32BE(4);
  if (8 + count * bytes > table.length) throw malformed('a table');
  return table.subarray(8, 8 + count * bytes);
}

/** A field of 4 bytes, or of 8 where the box is of version 1. */
export function readTime(body: Buffer, offset: number): number {
  return body[0] === 1 ? Number(body.readBigUInt64BE(offset)) : body.readUInt32BE(offset);
}

export function writeTime(body: Buffer, offset: number, value: number): void {
  if (body[0] === 1) body.writeBigUInt64BE(BigInt(value), offset);
  else body.writeUInt32BE(value, offset);
}

export function malformed(what: string): PreviewError {
  return new PreviewError(`the film cannot be cut: ${what} cannot be understood`);
}
