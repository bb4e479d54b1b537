import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../packages/server/database/index.ts';
import { insertManyVideos } from '../packages/server/library/testing/bulk.ts';
import { firstLine, spawnPinned, stop } from './api/child.ts';
import type { Load, Measured } from './api/client.ts';
import type { Row } from './row.ts';

const VIDEOS = 100_000;
const CONNECTIONS = 64;
const REQUESTS = 25_000;
const ROUNDS = 5;
const AIM = 0.6;
const P99_AIM_MS = 20;

const KEY = { appId: '1250000001', secretId: 'AKIDbench', secretKey: 'sk_bench_0123456789' };

const script = (name: string) => path.join(import.meta.dirname, name);

/**
 * Signed DescribeVodPlayUrls at 100,000 videos over HTTP, the whole service on one core, against bare node:http with an
 * HMAC and one SQLite read on the same core and the same rows. Rounds take turns; the median counts.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    await fill(dataDir);
    const service = spawnPinned(0, script('../packages/server/main.ts'), [], {
      OPENVOD_PORT: '0',
      OPENVOD_DATA_DIR: dataDir,
      OPENVOD_APP_ID: KEY.appId,
      OPENVOD_SECRET_ID: KEY.secretId,
      OPENVOD_SECRET_KEY: KEY.secretKey,
      OPENVOD_LOG_LEVEL: 'warn',
    });
    const file = path.join(dataDir, 'openvod.sqlite');
    const bare = spawnPinned(0, script('api/reference.ts'), [file, KEY.secretKey]);
    try {
      return { name: 'api', rows: await compare(await portOf(service), await portOf(bare)) };
    } finally {
      await Promise.all([stop(service), stop(bare)]);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string): Promise<void> {
  const database = await openDatabase(undefined, dataDir);
  await database.migrate();
  const from = Date.UTC(2016, 0, 1);
  await insertManyVideos(database, {
    appId: KEY.appId,
    count: VIDEOS,
    from,
    every: 300_000,
    definitions: [30, 230],
  });
  await database.close();
}

async function portOf(server: ReturnType<typeof spawnPinned>): Promise<number> {
  const [, port] = await firstLine(server, /listens on \D*(?:[\d.]+:)?(\d+)$/);
  return Number(port);
}

async function compare(port: number, barePort: number): Promise<Row[]> {
  const ours: Measured[] = [];
  const reference: Measured[] = [];
  // The first round only warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    ours.push(await measure(port));
    reference.push(await measure(barePort));
  }
  const rate = median(ours.slice(1).map((one) => one.rate));
  const bareRate = median(reference.slice(1).map((one) => one.rate));
  const p99 = median(ours.slice(1).map((one) => one.p99));
  const bareP99 = median(reference.slice(1).map((one) => one.p99));
  return [
    {
      label: `signed DescribeVodPlayUrls, ${VIDEOS.toLocaleString('en')} videos, calls/s`,
      ours: rate,
      reference: bareRate,
      ratio: rate / bareRate,
      aim: `≥ ${AIM}`,
      ok: rate / bareRate >= AIM,
    },
    {
      label: `the same, p99 with ${CONNECTIONS} connections, ms`,
      ours: p99,
      reference: bareP99,
      ratio: p99 / bareP99,
      aim: `< ${P99_AIM_MS} ms`,
      ok: p99 < P99_AIM_MS,
    },
  ];
}

async function measure(port: number): Promise<Measured> {
  const { secretId, secretKey } = KEY;
  const load: Load = {
    port,
    secretId,
    secretKey,
    videos: VIDEOS,
    connections: CONNECTIONS,
    requests: REQUESTS,
  };
  const client = spawnPinned(1, script('api/client.ts'), [JSON.stringify(load)]);
  const [text] = await firstLine(client, /^\{.*\}$/);
  return JSON.parse(text) as Measured;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
