import { PartSizeError } from './errors.ts';
import type { Part } from './store.ts';

/**
 * Puts parts in the order of their offsets.
 * @throws PartSizeError when they leave a gap, overlap or hold no byte
 */
export function inOrder(parts: readonly Part[]): { ordered: Part[]; size: number } {
  const ordered = parts.toSorted((a, b) => a.offset - b.offset);
  let size = 0;
  for (const part of ordered) {
    if (part.offset !== size)
      throw new PartSizeError(`a part begins at ${part.offset}, the one before ends at ${size}`);
    size += part.size;
  }
  if (size === 0) throw new PartSizeError('no bytes to make an object of');
  return { ordered, size };
}
