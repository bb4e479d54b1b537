import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Makes a clip with ffmpeg's own test sources. */
export async function makeClip(
  file: string,
  { seconds = 2, size = '320x180', sound = true }: { seconds?: number; size?: string; sound?: boolean } = {},
): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=24:duration=${seconds}`];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac'];
  await promisify(execFile)('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', ...picture, ...(sound ? tone : [])],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file],
  ]);
}

/** Makes a picture of one colour. */
export async function makePicture(file: string, colour: string, size = '64x36'): Promise<void> {
  const source = ['-f', 'lavfi', '-i', `color=${colour}:s=${size}`];
  await promisify(execFile)('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...source, '-frames:v', '1', file]);
}
