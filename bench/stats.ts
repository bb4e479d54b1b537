import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '../packages/server/common/log.ts';
import { type Database, openDatabase } from '../packages/server/database/index.ts';
import type { Access } from '../packages/server/delivery/access-log/line.ts';
import { parseAccessLine } from '../packages/server/delivery/index.ts';
import { Collector } from '../packages/server/stats/counting/collector.ts';
import { saveTallies } from '../packages/server/stats/counting/save.ts';
import { Tally } from '../packages/server/stats/counting/tally.ts';
import { UNKNOWN_PLACE } from '../packages/server/stats/geo/names.ts';
import { listPlays, topPlays } from '../packages/server/stats/queries/plays.ts';
import { trafficSeries, trafficTotals } from '../packages/server/stats/queries/traffic.ts';
import { median } from './median.ts';
import { processorSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';
import { APP, DAY, DAY_BEGIN, deliveryAt, HOST } from './stats/filled.ts';

/** Deliveries of the day that is asked for; fewer for a quick look. */
const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 10_000_000);
const ROUNDS = 7;
const QUERY_MS = 50;
const LOAD_MS = 2000;
const SEGMENT_BYTES = 4 * 1024 ** 2;

/**
 * What counting a delivery costs, in processor time, against delivering it; and what a day's figures take, in elapsed time, against
 * bare `node:sqlite` that adds up a table with a row for each delivery.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const recording = [
      await compareRecording(path.join(folder, 'playlists'), 'playlist', ['f0.f220.m3u8']),
      await compareRecording(path.join(folder, 'segments'), 'segment of 4 MB', [
        `f0.f220.ts?start=0&end=${SEGMENT_BYTES - 1}`,
      ]),
    ];
    return { name: 'stats', rows: [...recording, ...(await compareQueries(folder))] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Delivers for a while, and then counts what the access log of that has. */
async function compareRecording(folder: string, what: string, names: string[]): Promise<Row> {
  const video = `vod${APP}/5285890784`;
  const objects = path.join(folder, 'objects', video);
  await mkdir(objects, { recursive: true });
  await writeFile(path.join(objects, 'f0.f220.m3u8'), '#EXTM3U\n'.padEnd(3000, '#'));
  await writeFile(path.join(objects, 'f0.f220.ts'), Buffer.alloc(SEGMENT_BYTES, 1));
  const requests = names.map(
    (name) => `GET /${video}/${name} HTTP/1.1\r\nHost: ${HOST}\r\nUser-Agent: bench\r\n\r\n`,
  );
  const delivering = await deliver(folder, requests);
  const counting = await count(folder, delivering.answers);
  const ratio = counting / delivering.seconds;
  return {
    label: `counting the delivery of a ${what}, µs of processor time`,
    ours: counting * 1e6,
    reference: delivering.seconds * 1e6,
    ratio,
    aim: '<= 0.03',
    ok: ratio <= 0.03,
  };
}

/** Seconds of processor time for an answer, its line in the access log included, and how many lines that has. */
async function deliver(folder: string, requests: string[]): Promise<{ seconds: number; answers: number }> {
  const script = fileURLToPath(new URL('./delivery/server.ts', import.meta.url));
  const server = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(server.stdout, 'data');
    let [answers, seconds, measured] = [0, 0, 0];
    for (let round = 0; round < 4; round++) {
      const before = await processorSeconds(server.pid!);
      const done = await load(Number(port), requests);
      answers += done;
      // Compiled code is what serves after the first seconds.
      if (round === 0) continue;
      seconds += (await processorSeconds(server.pid!)) - before;
      measured += done;
    }
    await linesAreWritten(path.join(folder, 'access-log'));
    return { seconds: seconds / measured, answers };
  } finally {
    server.kill('SIGKILL');
  }
}

async function load(port: number, requests: string[]): Promise<number> {
  const script = fileURLToPath(new URL('./delivery/load.ts', import.meta.url));
  const options = [port, 16, LOAD_MS, JSON.stringify(requests)].map(String);
  const client: ChildProcess = spawn(process.execPath, [script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = await once(client.stdout!, 'data');
  return JSON.parse(String(text)).answers;
}

/** The log is written every second. */
async function linesAreWritten(folder: string): Promise<void> {
  await sleep(2500);
  if ((await readdir(folder)).length === 0) throw new Error('there is no access log');
}

/** Seconds of processor time to count a line, as the process does that writes it, the database included. */
async function count(folder: string, least: number): Promise<number> {
  const logFolder = path.join(folder, 'access-log');
  const database = await openDatabase(undefined, path.join(folder, 'counted'));
  await database.migrate();
  const collector = new Collector({
    ...{ folder: logFolder, database, log: silentLogger },
    applications: async () => new Set([APP]),
    placeOf: () => UNKNOWN_PLACE,
    ours: new Set(),
  });
  const flushes = await flushesOf(logFolder);
  await rm(logFolder, { recursive: true });
  await mkdir(logFolder);
  for (const { name } of flushes) await writeFile(path.join(logFolder, name), '');
  // It knows where the log begins.
  await collector.collect();
  const before = process.cpuUsage();
  for (const [index, { name, from, to, accesses }] of flushes.entries()) {
    const listener = collector.listen();
    for (const access of accesses) listener.add(access);
    listener.written(name, from, to);
    listener.end();
    if (index % FLUSHES_A_TRANSACTION === 0 || index === flushes.length - 1) {
      if (!(await collector.collect())) throw new Error('the log could not be counted');
    }
  }
  const { user, system } = process.cpuUsage(before);
  const ask = { hosts: [HOST], period: { from: 0, until: Date.now() + 2 * DAY }, ours: new Set<string>() };
  const [total] = await trafficTotals(database.db, APP, { ...ask, measure: 'requests' });
  await database.close();
  if (!total || total.value < least) throw new Error(`${total?.value} of ${least} deliveries were counted`);
  return (user + system) / 1e6 / total.value;
}

/** A flush a second, a transaction every 15 s. */
const FLUSHES_A_TRANSACTION = 15;

/** What the log has, by the seconds that it was written in. */
async function flushesOf(folder: string) {
  const flushes: { name: string; from: number; to: number; accesses: Access[] }[] = [];
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.log'))) {
    const lines = (await readFile(path.join(folder, name), 'latin1')).split('\n').slice(0, -1);
    let at = 0;
    for (const group of Map.groupBy(lines, (line) => line.slice(0, 14)).values()) {
      const to = at + group.reduce((sum, line) => sum + line.length + 1, 0);
      const accesses = group.flatMap((line) => parseAccessLine(line) ?? []);
      flushes.push({ name, from: at, to, accesses });
      at = to;
    }
  }
  return flushes;
}

async function compareQueries(folder: string): Promise<Row[]> {
  const database = await openDatabase(undefined, path.join(folder, 'rolled-up'));
  await database.migrate();
  await fill(database);
  const scan = scanned(path.join(folder, 'scanned.sqlite'));
  const period = { from: DAY_BEGIN, until: DAY_BEGIN + DAY };
  const ask = { hosts: [], period, measure: 'bytes' as const, ours: new Set<string>() };
  const { db } = database;
  const page = { by: 'plays' as const, descending: true, skip: 0, take: 100 };
  const queries: [string, () => Promise<unknown>, string][] = [
    ['traffic of a day', () => trafficTotals(db, APP, ask), 'select sum(bytes) from deliveries'],
    [
      'bandwidth of a day, every five minutes',
      () => trafficSeries(db, APP, { ...ask, measure: 'bandwidth' }, 300_000, period.until),
      'select at / 300000 as slot, sum(bytes) from deliveries group by slot',
    ],
    [
      'visitors of a day',
      () => trafficTotals(db, APP, { ...ask, measure: 'visitors' }),
      'select count(distinct client) from deliveries',
    ],
    [
      'plays of a day by video',
      () => listPlays(db, APP, period, page),
      'select video, count(*) as plays from deliveries where play = 1 group by video order by plays desc limit 100',
    ],
    [
      'the most played videos of a day',
      () => topPlays(db, APP, DAY_BEGIN, null, 100),
      'select video, count(*) as plays from deliveries where play = 1 group by video order by plays desc limit 100',
    ],
  ];
  const rows: Row[] = [];
  for (const [what, query, text] of queries) {
    const ours = await elapsed(query, ROUNDS);
    const reference = await elapsed(async () => scan.prepare(text).all(), 1);
    const label = `${what}, of ${DELIVERIES.toLocaleString('en')} deliveries, ms`;
    rows.push({
      label,
      ours,
      reference,
      ratio: ours / reference,
      aim: `< ${QUERY_MS} ms`,
      ok: ours < QUERY_MS,
    });
  }
  scan.close();
  await database.close();
  return rows;
}

/** Median, ms. */
async function elapsed(work: () => Promise<unknown>, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/**
 * The rows of a day as nodes would have counted it, where each transaction adds an hour instead of 15 s: the sums are the same, and the rows
 * are there in a minute instead of in ten.
 */
async function fill(database: Database): Promise<void> {
  const anHour = Math.ceil(DELIVERIES / 24);
  for (let at = 0; at < DELIVERIES; at += anHour) {
    const tally = new Tally(() => true);
    for (let n = at; n < Math.min(at + anHour, DELIVERIES); n++) tally.add(deliveryAt(n, DELIVERIES));
    await database.transaction((trx) => saveTallies(trx, [tally], new Set()));
  }
}

/** The same day, a row for each delivery. */
function scanned(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = off; pragma synchronous = off;');
  database.exec(
    'create table deliveries (at integer, video integer, client integer, bytes integer, play integer)',
  );
  database.exec(
    `insert into deliveries
     with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n + 1 < ${DELIVERIES})
     select cast(n * 1.0 / ${DELIVERIES} * ${DAY} as integer), (n * 7919) % 2000, (n * 104729) % 100000, 400000 + n % 1000, n % 10 = 0
     from numbers`,
  );
  return database;
}
