import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAddresses } from '../packages/server/common/addresses.ts';
import { silentLogger } from '../packages/server/common/log.ts';
import { createOutbound } from '../packages/server/common/outbound/outbound.ts';
import { type Database, openDatabase } from '../packages/server/database/index.ts';
import { createEvents } from '../packages/server/events/index.ts';
import { libraryEventViews } from '../packages/server/library/index.ts';
import { startPostgres } from '../packages/server/testing/postgres.ts';
import { type BareQueue, barePostgres, bareSqlite } from './events/reference.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';

/** Events of a round; fewer for a quick look. */
const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000);
/** Who pulls and confirms at the same time. */
const PULLERS = 4;
const ROUNDS = 5;
const AIM = 0.8;
const APP = '1250000001';

/** Takes some events and is done with them; resolves to how many, 0 when there are none. */
type Turn = () => Promise<number>;

interface Side {
  fill(): Promise<void>;
  turn: Turn;
  close(): Promise<void>;
}

/**
 * Pulling events and confirming them, 16 at a time, four pullers at once, without HTTP: events as applications get them,
 * against the same claims and deletes by bare `node:sqlite` and bare `pg` on the same rows. Rounds take turns; the median
 * counts.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  const postgres = startPostgres();
  try {
    const onSqlite = (name: string) => ({ url: undefined, dataDir: path.join(folder, name) });
    const rows = [
      await compare(
        'SQLite',
        await openOurs(onSqlite('ours')),
        await openBare(onSqlite('bare'), ({ dataDir }) => bareSqlite(path.join(dataDir, 'openvod.sqlite'))),
      ),
    ];
    if (postgres) {
      const onPostgres = async () => ({ url: await postgres.createDatabase(), dataDir: folder });
      const bare = await openBare(await onPostgres(), ({ url }) => barePostgres(url!, PULLERS));
      rows.push(await compare('PostgreSQL', await openOurs(await onPostgres()), bare));
    } else console.error('no PostgreSQL on this machine: its row is left out');
    return { name: 'events', rows };
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Place {
  url: string | undefined;
  dataDir: string;
}

async function openOurs(place: Place): Promise<Side> {
  const { database, events, fill } = await openService(place);
  const options = { signal: new AbortController().signal };
  return {
    fill,
    async turn() {
      const pulled = await events.pull(APP, options);
      const handles = pulled.map(({ handle }) => handle);
      if (handles.length > 0) await events.confirm(APP, handles);
      return handles.length;
    },
    close: () => database.close(),
  };
}

/** The reference, on rows that the service wrote. */
async function openBare(place: Place, open: (place: Place) => BareQueue): Promise<Side> {
  const { database, fill } = await openService(place);
  const queue = open(place);
  return {
    fill,
    async turn() {
      const ids = await queue.claim(APP, Date.now());
      if (ids.length > 0) await queue.remove(ids);
      return ids.length;
    },
    async close() {
      await queue.close();
      await database.close();
    },
  };
}

async function openService({ url, dataDir }: Place) {
  const database: Database = await openDatabase(url, dataDir);
  await database.migrate();
  const events = createEvents({
    database,
    clock: Date.now,
    log: silentLogger,
    addresses: createAddresses('https://media.example.com'),
    delivery: async () => ({ mode: 'pull' }),
    v2Views: libraryEventViews,
    outbound: createOutbound({ allowPrivate: false }),
    sends: false,
    config: { longPollMs: 0 },
  });
  const payload = {
    videoId: '3270835009245',
    name: 'a holiday by the sea',
    sourceKey: `vod${APP}/3270835009245/f0.mp4`,
    coverKey: null,
    sourceType: 'ServerUpload',
    sourceContext: '',
    transcodeId: null,
  } as const;
  const fill = () =>
    database.transaction(async (trx) => {
      for (let n = 0; n < EVENTS; n++) {
        await events.emit(trx, APP, { type: 'video.created', payload }, Date.now());
      }
    });
  return { database, events, fill };
}

async function compare(name: string, ours: Side, reference: Side): Promise<Row> {
  try {
    const seen: [number[], number[]] = [[], []];
    // The first round only warms both up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, side] of [ours, reference].entries()) {
        const rate = await measure(side);
        if (round > 0) seen[index]!.push(rate);
      }
    }
    const [mine, theirs] = seen.map(median) as [number, number];
    return {
      label: `pull and confirm on ${name}, events/s`,
      ours: mine,
      reference: theirs,
      ratio: mine / theirs,
      aim: `≥ ${AIM}`,
      ok: mine / theirs >= AIM,
    };
  } finally {
    await ours.close();
    await reference.close();
  }
}

/** Events a second. */
async function measure({ fill, turn }: Side): Promise<number> {
  await fill();
  const startedAt = performance.now();
  const counts = await Promise.all(Array.from({ length: PULLERS }, () => takeAll(turn)));
  const seconds = (performance.now() - startedAt) / 1000;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== EVENTS) throw new Error(`${total} of ${EVENTS} events came`);
  return EVENTS / seconds;
}

async function takeAll(turn: Turn): Promise<number> {
  let total = 0;
  for (let taken = await turn(); taken > 0; taken = await turn()) total += taken;
  return total;
}
