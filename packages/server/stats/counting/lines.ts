import type { FileHandle } from 'node:fs/promises';

/** What is read of a file at once, bytes; no line of ours is longer. */
const CHUNK_BYTES = 128 * 1024;

/** Whole lines from a position of a file on, and how many bytes they take with their ends; the last may be cut short. */
export async function linesAt(
  handle: FileHandle,
  position: number,
): Promise<{ lines: string[]; bytes: number }> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
  const chunk = buffer.subarray(0, bytesRead);
  const end = chunk.lastIndexOf(0x0a) + 1;
  // What goes on for so long is none of our lines.
  if (end === 0) return { lines: [], bytes: bytesRead === CHUNK_BYTES ? bytesRead : 0 };
  return { lines: chunk.toString('latin1', 0, end - 1).split('\n'), bytes: end };
}
