import { Cursor } from './cursor.ts';
import { sure } from './unsure.ts';

/** A box (ISO/IEC 14496-12, 4.2) without its head. */
export interface Box {
  type: string;
  body: Buffer;
}

/** More children than any box has. */
const MAX_BOXES = 256;

/**
 * The boxes that fill `bytes`; fewer than eight bytes may be left over, as QuickTime ends some lists.
 *
 * @throws Unsure when a box does not end with its parent or before
 */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.left >= 8) {
    const size = cursor.uint(4);
    const type = cursor.text(4);
    // 1 and 0, an extended size and "to the end", are for boxes of the file itself.
    sure(size >= 8, 'a box smaller than its head');
    boxes.push({ type, body: cursor.take(size - 8) });
    sure(boxes.length <= MAX_BOXES, 'too many boxes');
  }
  return boxes;
}

/** @throws Unsure when there are several */
export function maybe(boxes: Box[], type: string): Buffer | undefined {
  const found = boxes.filter((box) => box.type === type);
  sure(found.length <= 1, `several ${type}`);
  return found[0]?.body;
}

/** @throws Unsure unless there is just one */
export function one(boxes: Box[], type: string): Buffer {
  const body = maybe(boxes, type);
  sure(body, `no ${type}`);
  return body;
}

/** @throws Unsure when there are boxes of other types */
export function only(boxes: Box[], types: string): void {
  const known = new Set(types.split(' ').concat('free', 'skip', 'wide'));
  for (const { type } of boxes) sure(known.has(type), `${type} is not known here`);
}

/** Reads the version and flags that begin a "full" box, and goes on with what follows. */
export function full(body: Buffer): { version: number; flags: number; cursor: Cursor } {
  const cursor = new Cursor(body);
  const version = cursor.uint(1);
  return { version, flags: cursor.uint(3), cursor };
}
