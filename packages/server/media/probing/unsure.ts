/** Thrown where the headers of a file leave a doubt: ffprobe shall look at it. The message says what was met. */
export class Unsure extends Error {
  override name = 'Unsure';
}

/** @throws Unsure unless the condition holds */
export function sure(condition: unknown, doubt: string): asserts condition {
  if (!condition) throw new Unsure(doubt);
}
