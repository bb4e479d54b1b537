import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProber, probe } from '../packages/server/media/index.ts';
import { firstLine, stop } from './api/child.ts';
import { makeFilm } from './film.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';
import { spawnNode, startService } from './upload/service.ts';

/** Files a round; fewer for a quick look. */
const UPLOADS = Number(process.env.BENCH_UPLOADS ?? 300);
const IN_FLIGHT = 8;
const ROUNDS = 3;
/** kbit/s of the films: 8 s of them are about 100, 200 … 500 KB. */
const BITRATES = [70, 170, 270, 360, 440];
const SECONDS = 8;
const PROBES = 40;

/**
 * Whole uploads (InitUpload, UploadPart, FinishUpload) of MP4s of 100–500 KB, eight at a time, against a hand-written
 * server that does the same with the same guarantees, with an ffprobe of each file and without. Rounds take turns.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const films = await makeFilms(folder);
    const { ours, probing, bare } = await compare(folder, films);
    return {
      name: 'ingest',
      rows: [
        {
          ...{ label: 'whole uploads a second; reference: an ffprobe each', ours, reference: probing },
          ...{ ratio: ours / probing, aim: '≥ 100 a second', ok: ours >= 100 },
        },
        {
          ...{ label: 'whole uploads a second; reference: without a probe', ours, reference: bare },
          ...{ ratio: ours / bare, aim: '≥ 0.5', ok: ours / bare >= 0.5 },
        },
        await compareProbes(films),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFilms(folder: string): Promise<string[]> {
  const films: string[] = [];
  for (const bitrate of BITRATES) {
    const film = path.join(folder, `${bitrate}.mp4`);
    await makeFilm(film, { kbits: bitrate, seconds: SECONDS });
    films.push(film);
  }
  const sizes = await Promise.all(films.map(async (film) => (await stat(film)).size));
  console.log(`films of ${sizes.map((size) => Math.round(size / 1000)).join(', ')} KB`);
  return films;
}

/** Median uploads a second of all three. */
async function compare(folder: string, films: string[]) {
  const service = await startService(path.join(folder, 'data'));
  const probing = await startReference(path.join(folder, 'probing'), 'probe');
  const bare = await startReference(path.join(folder, 'bare'), 'no-probe');
  const servers = { ours: service, probing, bare };
  try {
    const rates: Record<keyof typeof servers, number[]> = { ours: [], probing: [], bare: [] };
    // The first round only warms up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const name of ['ours', 'probing', 'bare'] as const) {
        const rate = await measure(servers[name].port, round === 0 ? IN_FLIGHT * 2 : UPLOADS, films);
        if (round > 0) rates[name].push(rate);
      }
    }
    return { ours: median(rates.ours), probing: median(rates.probing), bare: median(rates.bare) };
  } finally {
    for (const { child } of Object.values(servers)) await stop(child);
  }
}

async function startReference(dataDir: string, mode: 'probe' | 'no-probe') {
  await mkdir(dataDir);
  const child = spawnNode('../ingest/reference.ts', [dataDir, mode]);
  const [, port] = await firstLine(child, /listens on (\d+)/);
  return { child, port: Number(port) };
}

async function measure(port: number, uploads: number, films: string[]): Promise<number> {
  const client = spawnNode('../ingest/load-films.ts', [
    String(port),
    String(uploads),
    String(IN_FLIGHT),
    ...films,
  ]);
  const [, rate] = await firstLine(client, /^rate (.*)$/);
  return Number(rate);
}

/** Median ms of a probe, one at a time. */
async function compareProbes(films: string[]): Promise<Row> {
  const prober = createProber();
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < PROBES; i += 1) {
    const film = films[i % films.length]!;
    for (const [index, look] of [prober.probe, probe].entries()) {
      const startedAt = performance.now();
      await look(film);
      times[index]!.push(performance.now() - startedAt);
    }
  }
  await prober.close();
  const [ours, reference] = [median(times[0]), median(times[1])];
  return {
    ...{ label: 'a probe, ms; reference: ffprobe', ours, reference, ratio: ours / reference },
    ...{ aim: '≤ 0.1', ok: ours / reference <= 0.1 },
  };
}
