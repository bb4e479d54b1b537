import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Ten seconds of moving patterns with grain, repeated; kept in the temporary folder for the next run. */
export async function makeFullHdFilm(seconds: number): Promise<string> {
  const source = join(tmpdir(), `openvod-bench-source-${seconds}s.mp4`);
  if (existsSync(source)) return source;
  const folder = await mkdtemp(join(tmpdir(), 'openvod-bench-'));
  const picture = 'testsrc2=s=1920x1080:r=30:d=10,noise=alls=6:allf=t,format=yuv420p';
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-g', '60'];
  await ffmpeg(folder, [
    '-f',
    'lavfi',
    '-i',
    picture,
    '-f',
    'lavfi',
    '-i',
    'sine=d=10',
    ...h264,
    '-b:a',
    '128k',
    'ten.mp4',
  ]);
  const loop = ['-stream_loop', '-1', '-i', 'ten.mp4', '-t', String(seconds), '-c', 'copy', 'source.mp4'];
  await ffmpeg(folder, loop);
  await rename(join(folder, 'source.mp4'), source);
  await rm(folder, { recursive: true });
  return source;
}

async function ffmpeg(folder: string, args: string[]): Promise<void> {
  await execute('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { cwd: folder });
}
