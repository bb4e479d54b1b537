/** A run of bytes of a file. */
export interface Range {
  /** Bytes from the beginning of the file. */
  offset: number;
  /** Bytes. */
  size: number;
}

export function overlap(a: Range, b: Range): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** What of `range` none of `stored` covers, in order. The stored ranges are in order and do not overlap. */
export function gaps(range: Range, stored: readonly Range[]): Range[] {
  const missing: Range[] = [];
  const end = range.offset + range.size;
  let position = range.offset;
  for (const { offset, size } of stored) {
    if (offset >= end) break;
    if (offset > position) missing.push({ offset: position, size: offset - position });
    position = Math.max(position, offset + size);
  }
  if (position < end) missing.push({ offset: position, size: end - position });
  return missing;
}

/**
 * Whether a part is one of those that a file of `fileSize` bytes is cut into, `partSize` bytes each and the last one
 * what is left (docs/wire/uploads.md).
 */
export function isPartOf(fileSize: number, partSize: number, { offset, size }: Range): boolean {
  return (
    offset >= 0 &&
    offset < fileSize &&
    offset % partSize === 0 &&
    size === Math.min(partSize, fileSize - offset)
  );
}
