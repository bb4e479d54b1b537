import { execFileSync } from 'node:child_process';

export interface Colour {
  red: number;
  green: number;
  blue: number;
}

/** The average colour of a region of the last frame before a time, each part 0 to 255. */
export function colourAt(
  file: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  seconds = 0.5,
): Colour {
  const raw = execFileSync(
    'ffmpeg',
    [
      ...['-nostdin', '-v', 'error', '-i', file, '-ss', String(seconds), '-frames:v', '1'],
      ...['-vf', `format=rgb24,crop=${width}:${height}:${x}:${y}`],
      ...['-f', 'rawvideo', 'pipe:1'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const sum = (channel: number) => {
    let total = 0;
    for (let at = channel; at < raw.length; at += 3) total += raw[at]!;
    return Math.round((total * 3) / raw.length);
  };
  return { red: sum(0), green: sum(1), blue: sum(2) };
}

/** How alike two videos of one size are, from 0 to 1 (structural similarity), of all frames. */
export function similarity(file: string, reference: string): number {
  const args = ['-nostdin', '-v', 'info', '-i', file, '-i', reference];
  const log = execFileSync('bash', [
    '-c',
    'exec ffmpeg "$@" 2>&1',
    'ffmpeg',
    ...args,
    '-lavfi',
    'ssim',
    '-f',
    'null',
    '-',
  ]);
  return Number(/SSIM .*All:([\d.]+)/.exec(log.toString())?.[1]);
}
