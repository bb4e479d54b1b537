import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type MediaInfo, probe } from '../packages/server/media/index.ts';
import type { Row } from './row.ts';

const execute = promisify(execFile);

/** How many times faster than it plays, at least. */
const AIM = 20;

export interface Film {
  path: string;
  info: MediaInfo;
  /** A folder of its own for what is made. */
  folder: string;
}

/** Makes 1080p with a key frame every 2 s, works on it three times, and says how much faster than playing the fastest was. */
export async function againstPlaying(
  label: string,
  work: (film: Film) => Promise<{ info: MediaInfo; wasCopied: boolean }>,
): Promise<Row> {
  const seconds = Number(process.env.BENCH_SECONDS ?? 300);
  const folder = await mkdtemp(join(tmpdir(), 'openvod-bench-'));
  try {
    const path = join(folder, 'film.mp4');
    await makeFilm(path, seconds);
    const info = await probe(path);
    let best = { tookMs: Number.POSITIVE_INFINITY, lastsMs: 0 };
    for (const turn of [1, 2, 3]) {
      const out = await mkdtemp(join(folder, `turn-${turn}-`));
      const from = performance.now();
      const made = await work({ path, info, folder: out });
      const tookMs = performance.now() - from;
      if (!made.wasCopied) throw new Error('it was not copied');
      if (tookMs < best.tookMs) best = { tookMs, lastsMs: made.info.durationMs };
    }
    const ratio = best.lastsMs / best.tookMs;
    return {
      ...{ label: `${label}, ms; playing it`, ours: best.tookMs, reference: best.lastsMs },
      ...{ ratio, aim: `≥ ${AIM} ×`, ok: ratio >= AIM },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ten seconds are encoded, and copied as often as it takes. */
async function makeFilm(path: string, seconds: number): Promise<void> {
  const piece = `${path}.piece.mp4`;
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=25:d=10', '-f', 'lavfi', '-i', 'sine=d=10'];
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '4M', '-g', '50', '-bf', '2'];
  const exact = ['-sc_threshold', '0', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  await execute('ffmpeg', ['-v', 'error', ...picture, ...video, ...exact, piece]);
  const times = String(Math.max(0, Math.ceil(seconds / 10) - 1));
  await execute('ffmpeg', ['-v', 'error', '-stream_loop', times, '-i', piece, '-c', 'copy', path]);
}
