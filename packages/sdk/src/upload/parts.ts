/** One part of a file: bytes `offset` to `offset + size - 1`. */
export interface Part {
  offset: number;
  size: number;
}

/** Bytes; the service takes 512 KiB to 5 MiB. */
export const PART_SIZE = 1_048_576;

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
