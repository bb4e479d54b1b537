/** One part of a file: bytes `offset` to `offset + size - 1`. */
export interface Part {
  offset: number;
  size: number;
}

const MIB = 1_048_576;

/** The largest part that is sent, bytes; the service takes 512 KiB to 5 MiB. */
const LARGEST_PART = 4 * MIB;

/** A file of fewer parts than this keeps fewer senders busy. */
const ENOUGH_PARTS = 4;

/**
 * The part size that is best for a file, bytes. Large parts cost both sides least; a file that fits into one is sent as
 * one, and its MD5 is then known to the service. In between, small parts let several be under way at once.
 */
export function partSizeFor(fileSize: number): number {
  if (fileSize <= LARGEST_PART || fileSize >= ENOUGH_PARTS * LARGEST_PART) return LARGEST_PART;
  return MIB;
}

/** The parts of a file of `fileSize` bytes that the service does not have yet. */
export function missingParts(
  fileSize: number,
  partSize: number,
  stored: readonly { offset: number }[],
): Part[] {
  const there = new Set(stored.map((part) => part.offset));
  const parts: Part[] = [];
  for (let offset = 0; offset < fileSize; offset += partSize) {
    if (!there.has(offset)) parts.push({ offset, size: Math.min(partSize, fileSize - offset) });
  }
  return parts;
}
