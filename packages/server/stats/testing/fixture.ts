import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Action, actionByName, type ParamsOf } from '@openvod/contract/v2';
import Fastify from 'fastify';
import { createAddresses } from '../../common/addresses.ts';
import { silentLogger } from '../../common/log.ts';
import { type Access, accessLine, hourOf } from '../../delivery/access-log/line.ts';
import { createFixture as libraryFixture } from '../../library/testing/fixture.ts';
import { openStore } from '../../storage/index.ts';
import type { TestDatabase } from '../../testing/databases.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { Collector } from '../counting/collector.ts';
import { fileAccessLogs } from '../files/access-files.ts';
import { writePlayFiles } from '../files/play-file.ts';
import type { Geo } from '../geo/databases.ts';
import { UNKNOWN_PLACE } from '../geo/names.ts';
import { createStats } from '../index.ts';
import { forgetOld } from '../retention.ts';

export const APP = '1250000001';
export const OTHER_APP = '1500000002';

/** 2018-03-01 00:00 in UTC+8. */
export const DAY_BEGIN = 1_519_833_600_000;

/** A delivery of a whole playlist; what is given takes the place. */
export function delivery(more: Partial<Access> = {}): Access {
  return {
    startedAt: DAY_BEGIN,
    clientIp: '192.0.2.1',
    domain: 'media.example.com',
    path: `/vod${APP}/100/f0.f220.m3u8`,
    bytes: 1000,
    status: 200,
    referer: '',
    durationMs: 5,
    userAgent: 'Mozilla/5.0 (X11; Linux)',
    range: '',
    method: 'GET',
    protocol: 'HTTP/1.1',
    fromMemory: false,
    ...more,
  };
}

const NOWHERE: Geo = {
  knows: { regions: false, carriers: false },
  placeOf: () => UNKNOWN_PLACE,
  refresh: async () => {},
};

/** Statistics of a test database, fed with the access logs of one or more nodes. */
export async function createFixture(opened: TestDatabase, { geo = NOWHERE }: { geo?: Geo } = {}) {
  const { database, dataDir } = opened;
  const time = { now: DAY_BEGIN + 12 * 3600_000 };
  const store = await openStore(undefined, dataDir);
  const { library, inTransaction } = libraryFixture(opened);
  const apps = [APP, OTHER_APP].map((appId) => ({ appId, name: '', createdAt: DAY_BEGIN }));
  const applications = async () => apps;
  const addresses = createAddresses('https://media.example.com');
  const room = createStats({
    ...{ database, store, library, addresses, geo, applications },
    ...{ clock: () => time.now, log: silentLogger },
    accessLogDir: path.join(dataDir, 'node-1'),
    publicHost: 'public.example.com',
  });
  const folderOf = (node: number) => path.join(dataDir, `node-${node}`);
  const collectorOf = (node: number) =>
    new Collector({
      ...{ folder: folderOf(node), database, log: silentLogger, placeOf: geo.placeOf },
      applications: async () => new Set(apps.map(({ appId }) => appId)),
      ours: new Set(['public.example.com']),
    });
  const written: string[] = [];
  const app = Fastify();
  room.registerRoutes(app, (appId) => appId === 'off');

  return {
    database,
    store,
    library,
    inTransaction,
    time,
    room,
    stats: room.stats,
    folderOf,
    collectorOf,
    /** Writes what delivery would have written, by the hour that `time` is in. */
    async log(deliveries: readonly Access[], node = 1): Promise<void> {
      await mkdir(folderOf(node), { recursive: true });
      for (const [domain, some] of Map.groupBy(deliveries, (one) => one.domain)) {
        const file = path.join(folderOf(node), `${hourOf(time.now)}_${domain}.log`);
        await appendFile(file, some.map(accessLine).join(''));
      }
    },
    /** As a node does that was just started. */
    count: (node = 1) => collectorOf(node).collect(),
    async fileAccessLogs(node = 1): Promise<void> {
      await fileAccessLogs({
        ...{ folder: folderOf(node), node: await collectorOf(node).node(), database, store },
        ...{ apps: new Set(apps.map(({ appId }) => appId)), placeOf: geo.placeOf },
        onWritten: () => written.push('access'),
      });
    },
    writePlayFiles: () => writePlayFiles(database, store, time.now, () => written.push('plays')),
    /** The kinds of the files that were written, in order. */
    written,
    forgetOld: () => forgetOld(database, store, time.now),
    /** Calls an action with parameters as they travel, through the contract's own schema. */
    // biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
    async call(name: string, params: Record<string, unknown> = {}, appId = APP): Promise<any> {
      const action = actionByName(name);
      const found = room.v2.find((candidate) => candidate.action === action);
      if (!found) throw new Error(`no handler of ${name}`);
      const typed = found.action.params.parse(params) as ParamsOf<Action>;
      const { signal } = new AbortController();
      return asOnTheWire(found.action, () =>
        found.run(typed, { appId, now: time.now, signal, log: silentLogger }),
      );
    },
    /** Loads a download address. */
    async load(url: string) {
      const { pathname, search } = new URL(url);
      const { statusCode, rawPayload, headers } = await app.inject(pathname + search);
      return { status: statusCode, body: rawPayload, headers };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await store.close();
    },
  };
}
