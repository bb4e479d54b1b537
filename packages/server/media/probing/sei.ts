import { Cursor } from './cursor.ts';
import type { Picture } from './picture.ts';
import { sure } from './unsure.ts';

/** The message that names another transfer function than the parameter set, for players that know HLG. */
const ALTERNATIVE_TRANSFER = 147;

/**
 * Looks through supplemental messages (ITU-T H.264 and H.265, 7.3.2.3 and 7.3.2.4).
 *
 * @param messages a NAL unit without its head
 * @throws Unsure for one that changes what the parameter set says
 */
export function checkSei(messages: Buffer, { transfer }: Picture): void {
  const cursor = new Cursor(messages);
  // The last byte ends the unit.
  while (cursor.left > 2) {
    const type = longByte(cursor);
    const length = longByte(cursor);
    // Escaped bytes make a message longer than it says; what follows it is not worth the work.
    const message = cursor.take(Math.min(length, cursor.left));
    sure(type !== ALTERNATIVE_TRANSFER || message[0] === transfer, 'an alternative transfer function');
  }
}

function longByte(cursor: Cursor): number {
  let value = 0;
  let byte = 255;
  while (byte === 255) {
    byte = cursor.uint(1);
    value += byte;
  }
  return value;
}
