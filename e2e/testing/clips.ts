import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const folder = mkdtempSync(path.join(tmpdir(), 'openvod-clips-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const made = new Map<string, Promise<string>>();

/** A small MP4 with picture and sound, made once a process; `size` as `320x180`, px. Resolves to its path. */
export function clip({ size = '320x180', seconds = 2 } = {}): Promise<string> {
  return once(`${size}-${seconds}.mp4`, (file) => [
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file],
  ]);
}

/** A JPEG, made once a process. Resolves to its path. */
export function picture(): Promise<string> {
  return once('cover.jpg', (file) => [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=1:duration=1'],
    ...['-frames:v', '1', file],
  ]);
}

/** A file of ffmpeg's arguments up to its name, in one text, made once a process. Resolves to its path. */
export function clipOf(name: string, args: string): Promise<string> {
  return once(name, (file) => [...args.split(' '), file]);
}

function once(name: string, args: (file: string) => string[]): Promise<string> {
  const file = path.join(folder, name);
  let making = made.get(name);
  if (!making) {
    making = run('ffmpeg', ['-v', 'error', '-y', ...args(file)]).then(() => file);
    made.set(name, making);
  }
  return making;
}

/**
 * The bytes of a clip that no other call returns: players skip the `free` box (ISO/IEC 14496-12, 8.1.2) at its end,
 * which fills it up to `size` bytes.
 */
export async function uniqueClip(size = 0): Promise<Buffer<ArrayBuffer>> {
  const bytes = await readFile(await clip({ size: '128x72', seconds: 1 }));
  const box = randomBytes(Math.max(size - bytes.length, 24));
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  return Buffer.concat([bytes, box]);
}

/** A hash of each stream of an address or file as it is stored, picture first: the same when it was copied. */
export async function streamHashes(address: string): Promise<string[]> {
  const args = ['-i', address, '-map', '0:v?', '-map', '0:a?', '-c', 'copy', '-f', 'streamhash', '-'];
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', ...args]);
  return stdout.trim().split('\n');
}

/** What x264 says of its work within the pictures of an address or file; empty when it did not make them. */
export async function x264Settings(address: string): Promise<string> {
  const args = ['-i', address, '-map', '0:v:0', '-frames:v', '1', '-c', 'copy', '-f', 'h264', '-'];
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', ...args], { encoding: 'latin1' });
  return /x264 - core [^\0]*/.exec(stdout)?.[0] ?? '';
}

/** The pictures of an address or file in the order in which they are shown; `pts` in units of its container. */
export async function framesOf(address: string): Promise<{ pts: number; isKeyFrame: boolean }[]> {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'packet=pts,flags', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...entries, address]);
  const packets = [...stdout.matchAll(/^(\d+),(\w)/gm)];
  const frames = packets.map(([, pts, flag]) => ({ pts: Number(pts), isKeyFrame: flag === 'K' }));
  return frames.sort((a, b) => a.pts - b.pts);
}

export interface Decoded {
  seconds: number;
  frames: number;
  width: number;
  height: number;
}

/** Decodes the picture of an address or file to its end. Rejects with what ffprobe complains of. */
export async function decode(address: string): Promise<Decoded> {
  const entries = 'format=duration:stream=width,height,nb_read_frames';
  const select = ['-count_frames', '-select_streams', 'v:0', '-show_entries', entries, '-of', 'json'];
  const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...select, address]);
  if (stderr !== '') throw new Error(`${address}: ${stderr}`);
  const { format, streams } = JSON.parse(stdout) as {
    format: { duration: string };
    streams: { width: number; height: number; nb_read_frames: string }[];
  };
  const { width = 0, height = 0, nb_read_frames = '0' } = streams[0] ?? {};
  return { seconds: Number(format.duration), frames: Number(nb_read_frames), width, height };
}
