export interface SpriteGeometry {
  /** of a tile, px */
  width: number;
  height: number;
  /** tiles of a sheet */
  rows: number;
  columns: number;
  /** from one tile to the next, ms */
  intervalMs: number;
  /** tiles of all sheets */
  count: number;
}

/**
 * The WebVTT file of a sprite: a cue for each tile, whose text is the sheet's name and the place in it as a media fragment
 * (docs/wire/templates.md, Sprites).
 *
 * @param nameOf the name of a sheet, from 0, as seen from the file
 */
export function spriteIndex(
  { width, height, rows, columns, intervalMs, count }: SpriteGeometry,
  durationMs: number,
  nameOf: (sheet: number) => string,
): string {
  const cues = Array.from({ length: count }, (_, i) => {
    const place = i % (rows * columns);
    const [x, y] = [(place % columns) * width, Math.floor(place / columns) * height];
    const from = i * intervalMs;
    // The last one stands for what is left, which is never nothing.
    const to = i === count - 1 ? Math.max(durationMs, from + 1) : from + intervalMs;
    const sheet = nameOf(Math.floor(i / (rows * columns)));
    return `${timestamp(from)} --> ${timestamp(to)}\n${sheet}#xywh=${x},${y},${width},${height}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** `hh:mm:ss.ttt`, of ms. */
function timestamp(ms: number): string {
  const whole = Math.round(ms);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const milliseconds = String(whole % 1000).padStart(3, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${milliseconds}`;
}
