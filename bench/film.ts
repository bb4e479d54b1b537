import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Writes an MP4 of noise and a tone, 320 × 180, its index at its beginning. */
export async function makeFilm(
  file: string,
  { kbits, seconds }: { kbits: number; seconds: number },
): Promise<void> {
  const picture = `nullsrc=s=320x180:r=25:d=${seconds},geq=random(1)*255:128:128`;
  const input = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', `sine=440:d=${seconds}`];
  const rate = [`-b:v`, `${kbits}k`, '-maxrate', `${kbits}k`, '-bufsize', `${kbits}k`];
  const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', ...rate];
  const sound = ['-c:a', 'aac', '-b:a', '32k'];
  await run('ffmpeg', ['-v', 'error', ...input, ...video, ...sound, '-movflags', '+faststart', file]);
}

/** A box that players skip, which makes each film another one. */
export function freeBox(): Buffer {
  const box = randomBytes(24);
  box.writeUInt32BE(box.length);
  box.write('free', 4);
  return box;
}
