/** The middle one of an odd number of values; the upper middle one of an even number. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
