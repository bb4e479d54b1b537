import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../packages/server/database/index.ts';
import { insertManyVideos, withoutIndexes } from '../packages/server/library/testing/bulk.ts';
import { startPostgres } from '../packages/server/testing/postgres.ts';
import { firstLine, spawnPinned, stop } from './api/child.ts';
import type { Load, Measured } from './api/load-calls.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';
import { KEY, serviceSettings } from './service.ts';

const VIDEOS = 100_000;
const FEW = 1_000;
const MANY = 1_000_000;
const CONNECTIONS = 64;
const REQUESTS = 25_000;
const ROUNDS = 5;
const AIM = 1.1;
const P99_AIM = 1.2;
const SCALE_AIM = 0.95;
const POSTGRES_AIM = 0.8;

const script = (name: string) => path.join(import.meta.dirname, name);

/**
 * Signed DescribeVodPlayUrls over HTTP, the whole service on one core: at 100,000 videos against bare node:http with an
 * HMAC and one SQLite read on the same core and the same rows; on PostgreSQL, with one insert more; then at 1,000,000 videos
 * against itself at 1,000. Rounds take turns; the median counts.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  return { name: 'api', rows: [...(await againstBare()), ...(await onPostgres()), await againstFew()] };
}

function againstBare(): Promise<Row[]> {
  return withService(VIDEOS, async (service, file) => {
    const bare = spawnPinned(0, script('api/reference.ts'), [file, KEY.secretKey]);
    try {
      const reference = { port: await portOf(bare), videos: VIDEOS };
      const [ours, theirs] = await compare(service, reference);
      return [
        {
          label: `signed DescribeVodPlayUrls, ${VIDEOS.toLocaleString('en')} videos, calls/s`,
          ours: ours.rate,
          reference: theirs.rate,
          ratio: ours.rate / theirs.rate,
          aim: `≥ ${AIM}`,
          ok: ours.rate / theirs.rate >= AIM,
        },
        {
          label: `the same, p99 with ${CONNECTIONS} connections, ms`,
          ours: ours.p99,
          reference: theirs.p99,
          ratio: ours.p99 / theirs.p99,
          aim: `≤ ${P99_AIM}`,
          ok: ours.p99 / theirs.p99 <= P99_AIM,
        },
      ];
    } finally {
      await stop(bare);
    }
  });
}

/** The database runs beside both, on whatever core is free. */
async function onPostgres(): Promise<Row[]> {
  const postgres = startPostgres();
  if (!postgres) {
    console.error('no PostgreSQL on this machine: its row is left out');
    return [];
  }
  try {
    const url = await postgres.createDatabase();
    return await withService(
      VIDEOS,
      async (service) => {
        const bare = spawnPinned(0, script('api/reference.ts'), [url, KEY.secretKey]);
        try {
          const [ours, theirs] = await compare(service, { port: await portOf(bare), videos: VIDEOS });
          const ratio = ours.rate / theirs.rate;
          return [
            {
              ...{ label: 'the same on PostgreSQL, calls/s', ours: ours.rate, reference: theirs.rate, ratio },
              ...{ aim: `≥ ${POSTGRES_AIM}`, ok: ratio >= POSTGRES_AIM },
            },
          ];
        } finally {
          await stop(bare);
        }
      },
      url,
    );
  } finally {
    await postgres.stop();
  }
}

function againstFew(): Promise<Row> {
  return withService(MANY, (many) =>
    withService(FEW, async (few) => {
      const [ours, reference] = await compare(many, few);
      return {
        label: `the same, ${MANY.toLocaleString('en')} videos against ${FEW.toLocaleString('en')}, calls/s`,
        ours: ours.rate,
        reference: reference.rate,
        ratio: ours.rate / reference.rate,
        aim: `≥ ${SCALE_AIM}`,
        ok: ours.rate / reference.rate >= SCALE_AIM,
      };
    }),
  );
}

/** Somewhere that answers DescribeVodPlayUrls for so many videos. */
interface Target {
  port: number;
  videos: number;
}

/** The service on a library of its own, in SQLite or the PostgreSQL of `url`; `use` is also told the SQLite file. */
async function withService<T>(
  videos: number,
  use: (service: Target, file: string) => Promise<T>,
  url?: string,
): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    await fill(dataDir, videos, url);
    const settings = { ...serviceSettings(dataDir), ...(url && { OPENVOD_DATABASE_URL: url }) };
    const service = spawnPinned(0, script('../packages/server/main.ts'), [], settings);
    try {
      return await use({ port: await portOf(service), videos }, path.join(dataDir, 'openvod.sqlite'));
    } finally {
      await stop(service);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string, count: number, url?: string): Promise<void> {
  const database = await openDatabase(url, dataDir);
  await database.migrate();
  const from = Date.UTC(2016, 0, 1);
  const bulk = { appId: KEY.appId, count, from, every: 300_000, definitions: [30, 230] };
  const insert = () => insertManyVideos(database, bulk);
  await (url ? insert() : withoutIndexes(database, insert));
  await database.close();
}

async function portOf(server: ReturnType<typeof spawnPinned>): Promise<number> {
  const [, port] = await firstLine(server, /listens on \D*(?:[\d.]+:)?(\d+)$/);
  return Number(port);
}

/** Medians of both. */
async function compare(one: Target, other: Target): Promise<[Measured, Measured]> {
  const seen: [Measured[], Measured[]] = [[], []];
  // The first round only warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, target] of [one, other].entries()) {
      const measured = await measure(target);
      if (round > 0) seen[index]!.push(measured);
    }
  }
  return [medians(seen[0]), medians(seen[1])];
}

async function measure({ port, videos }: Target): Promise<Measured> {
  const { secretId, secretKey } = KEY;
  const load: Load = { port, secretId, secretKey, videos, connections: CONNECTIONS, requests: REQUESTS };
  const client = spawnPinned(1, script('api/load-calls.ts'), [JSON.stringify(load)]);
  const [text] = await firstLine(client, /^\{.*\}$/);
  return JSON.parse(text) as Measured;
}

function medians(seen: Measured[]): Measured {
  return { rate: median(seen.map((one) => one.rate)), p99: median(seen.map((one) => one.p99)) };
}
