import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { stop } from './api/child.ts';
import { freeBox } from './film.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';
import { createCaller, startService } from './upload/service.ts';
import { MIB } from './upload/source.ts';

/** What is shorter is as an encoder makes it; what repeats it has uneven seams, which only ffprobe understands. */
const LOOP_SECONDS = 60;
/** 60 minutes of it are about 1 GB. */
const BITRATE = '2300k';
/** A service that has just started compiles on the way what it runs, so its first upload is told apart. */
const CASES = [
  { minutes: 1, uploads: 1, name: '1 min, the first of a service that just started', aimMs: 150 },
  { minutes: 1, uploads: 9, name: '1 min', aimMs: 100 },
  { minutes: 60, uploads: 3, name: '60 min', aimMs: 400 },
];

const ffmpeg = promisify(execFile);

/**
 * From the moment the last part of an MP4 that browsers play leaves the client, until the first bytes from the address
 * that DescribeVodPlayUrls names have arrived. The median of several uploads.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const loop = path.join(folder, 'loop.mp4');
    await makeLoop(loop);
    const { child, port } = await startService(path.join(folder, 'data'));
    try {
      const rows: Row[] = [];
      for (const { minutes, uploads, name, aimMs } of CASES) {
        const file = path.join(folder, `${minutes}.mp4`);
        await repeat(loop, (minutes * 60) / LOOP_SECONDS, file);
        const times: number[] = [];
        for (let i = 0; i < uploads; i++) {
          await appendFile(file, freeBox());
          times.push(await firstPlay(port, file));
        }
        const ms = median(times);
        rows.push({
          label: `last byte → first playable address, ${name}, ms`,
          ours: ms,
          reference: aimMs,
          ratio: ms / aimMs,
          aim: `< ${aimMs} ms`,
          ok: ms < aimMs,
        });
      }
      return { name: 'first-play', rows };
    } finally {
      await stop(child);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Noise, so that the encoder reaches the bitrate. */
async function makeLoop(file: string): Promise<void> {
  const noise = `nullsrc=s=640x360:r=25:d=${LOOP_SECONDS},noise=alls=100:allf=t`;
  const sine = `sine=440:d=${LOOP_SECONDS}`;
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'];
  const rate = ['-b:v', BITRATE, '-maxrate', BITRATE, '-bufsize', BITRATE];
  const input = ['-f', 'lavfi', '-i', noise, '-f', 'lavfi', '-i', sine];
  await ffmpeg('ffmpeg', ['-v', 'error', ...input, ...video, ...rate, '-c:a', 'aac', '-shortest', file]);
}

async function repeat(loop: string, times: number, file: string): Promise<void> {
  const input = ['-v', 'error', '-stream_loop', String(times - 1), '-i', loop];
  await ffmpeg('ffmpeg', ['-y', ...input, '-c', 'copy', '-movflags', '+faststart', file]);
}

async function firstPlay(port: number, path: string): Promise<number> {
  const call = createCaller(port, 1);
  await using file = await open(path);
  const { size } = await file.stat();
  const fileSha = await sha1Of(path);
  await call('POST', 'InitUpload', {
    fileSha,
    fileName: 'bench',
    fileType: 'mp4',
    fileSize: size,
    dataSize: MIB,
  });
  let lastLeft = 0;
  for (let offset = 0; offset < size; offset += MIB) {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MIB), position: offset });
    const body = buffer.subarray(0, bytesRead);
    const dataMd5 = createHash('md5').update(body).digest('hex');
    lastLeft = performance.now();
    await call('POST', 'UploadPart', { fileSha, offset, dataSize: bytesRead, dataMd5 }, body);
  }
  const { fileId } = await call('POST', 'FinishUpload', { fileSha });
  const { playSet } = await call('GET', 'DescribeVodPlayUrls', { fileId: String(fileId) });
  const [first] = playSet as { url: string }[];
  const response = await fetch(first!.url, { headers: { Range: 'bytes=0-65535' } });
  if (response.status !== 206) throw new Error(`${first!.url} answers ${response.status}`);
  await response.arrayBuffer();
  return performance.now() - lastLeft;
}

async function sha1Of(path: string): Promise<string> {
  await using file = await open(path);
  const hash = createHash('sha1');
  for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk);
  return hash.digest('hex');
}
