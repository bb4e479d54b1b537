import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { firstLine, stop } from './api/child.ts';
import { makeFilm } from './film.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';
import { createCaller, spawnNode, startService } from './upload/service.ts';

const ROUNDS = 5;
const MEBIBYTE = 1024 * 1024;
const AIM = 0.9;

/**
 * MultiPullVodFile of a large MP4, from the call to the end of its task, against curl from the same server of this machine, both
 * flushed to disk. Ours looks at what came and makes a video of it. Rounds take turns; the median counts. `--mib=64` takes a shorter
 * file for a quick look.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const option = process.argv.find((argument) => argument.startsWith('--mib='));
  const mib = Number(option?.slice('--mib='.length) ?? 1024);
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  const film = path.join(folder, 'film.mp4');
  await makeLargeFilm(film, mib);
  const origin = spawnNode('../pull/server.ts', [film]);
  const service = await startService(path.join(folder, 'data'), { OPENVOD_PULL_ALLOW_PRIVATE: 'true' });
  try {
    const [, port] = await firstLine(origin, /^port (\d+)$/);
    const url = `http://127.0.0.1:${port}/film.mp4`;
    const call = createCaller(service.port, 1);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const byCurl = await timed(() => curl(url, path.join(folder, 'curled')));
      const byUs = await timed(() => pull(call, url));
      if (round < 0) continue;
      reference.push(mib / byCurl);
      ours.push(mib / byUs);
    }
    const [a, b] = [median(ours), median(reference)];
    const label = `pull of ${mib} MiB; reference: curl, MiB/s`;
    return {
      name: 'pull',
      rows: [{ label, ours: a, reference: b, ratio: a / b, aim: `≥ ${AIM}`, ok: a / b >= AIM }],
    };
  } finally {
    await stop(service.child);
    await stop(origin);
    await rm(folder, { recursive: true, force: true });
  }
}

/** A film, and behind it a box that players skip. */
async function makeLargeFilm(file: string, mib: number): Promise<void> {
  await makeFilm(file, { kbits: 300, seconds: 8 });
  const head = Buffer.from('\0\0\0\x01free\0\0\0\0\0\0\0\0', 'latin1');
  head.writeBigUInt64BE(BigInt(mib * MEBIBYTE), 8);
  await appendFile(file, head);
  const large = await open(file, 'r+');
  const { size } = await large.stat();
  const noise = Buffer.alloc(MEBIBYTE, 'not all zeros');
  for (let i = 0; i < mib; i++)
    await large.write(noise, 0, noise.length, size - head.length + 16 + i * MEBIBYTE);
  await large.truncate(size - head.length + mib * MEBIBYTE);
  await large.close();
}

/** Seconds that it takes. */
async function timed(work: () => Promise<void>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return (performance.now() - begunAt) / 1000;
}

async function curl(url: string, file: string): Promise<void> {
  await promisify(execFile)('curl', ['--silent', '--fail', '--output', file, url]);
  const written = await open(file, 'r+');
  await written.sync();
  await written.close();
}

async function pull(call: ReturnType<typeof createCaller>, url: string): Promise<void> {
  const { data } = await call('GET', 'MultiPullVodFile', {
    'pullset.1.fileName': 'film',
    'pullset.1.url': url,
  });
  const [{ vodTaskId, fileId }] = data as { vodTaskId: string; fileId: string }[] as [
    { vodTaskId: string; fileId: string },
  ];
  for (;;) {
    const { status, data: ended } = await call('GET', 'GetTaskInfo', { vodTaskId });
    const { status: result, message } = ended as { status: unknown; message: string };
    if (status === 'FINISHED' && result !== 0) throw new Error(message);
    if (status === 'FINISHED') break;
    await sleep(50);
  }
  await call('GET', 'DeleteVodFile', { fileId, priority: 0 });
}
