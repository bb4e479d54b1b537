import type { FastifyInstance } from 'fastify';
import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import type { LogReader } from '../delivery/index.ts';
import type { Library } from '../library/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { Collector } from './counting/collector.ts';
import { createLinks, type FileId } from './files/links.ts';
import { listFiles } from './files/list.ts';
import { registerRoutes } from './files/routes.ts';
import type { Geo } from './geo/databases.ts';
import { createKeeper } from './keeper.ts';
import { domainsOf } from './queries/hosts.ts';
import { trafficByPlace } from './queries/places.ts';
import { listPlays, topPlays } from './queries/plays.ts';
import { trafficSeries, trafficTotals } from './queries/traffic.ts';
import { transcodeDays } from './transcodes.ts';
import type { Stats } from './types.ts';
import * as handlers from './v2/all.ts';

export { type Geo, openGeo } from './geo/databases.ts';
export { countTranscodes, type Transcoded } from './transcodes.ts';
export type { Stats } from './types.ts';

/** An application, as far as statistics say something of it. */
export interface KnownApplication {
  appId: string;
  name: string;
  /** ms since the epoch. */
  createdAt: number;
}

export interface StatsDeps {
  database: Database;
  store: ObjectStore;
  library: Library;
  addresses: Addresses;
  clock: Clock;
  log: Logger;
  geo: Geo;
  /** All of them. */
  applications(): Promise<readonly KnownApplication[]>;
  /** The access log of this node; null where none is written. */
  accessLogDir: string | null;
  /** Host of the public address; null where it is not configured. */
  publicHost: string | null;
  /** Told of each file that was written; nobody is when left out. */
  onFileWritten?: (kind: FileId['kind']) => void;
}

export interface StatsRoom {
  stats: Stats;
  v2: ActionHandler[];
  /** Counts what the access log of this node says; undefined where none is written. */
  logReader: LogReader | undefined;
  /** All that this node delivered so long ago is counted, ms; null where no access log is written. */
  lagMs(): number | null;
  registerRoutes(app: FastifyInstance, isSwitchedOff: (appId: string) => boolean | Promise<boolean>): void;
  /** Begins to count, to write files and to forget. */
  start(): void;
  /** Counts what the access log has, which must have been written to its end, and ends. */
  stop(): Promise<void>;
}

/** What the access log and the tasks add up to. */
export function createStats(deps: StatsDeps): StatsRoom {
  const { database, store, addresses, clock, geo, accessLogDir } = deps;
  const { db } = database;
  const ours = new Set(deps.publicHost === null ? [] : [deps.publicHost]);
  const links = createLinks(database, addresses);
  const collector =
    accessLogDir === null
      ? null
      : new Collector({
          ...{ folder: accessLogDir, database, log: deps.log, ours, placeOf: geo.placeOf },
          applications: async () => new Set((await deps.applications()).map(({ appId }) => appId)),
        });
  const stats: Stats = {
    knows: { ...geo.knows, traffic: accessLogDir !== null },
    hosts: (appId) => domainsOf(db, appId, ours),
    totals: (appId, hosts, period, measure) => trafficTotals(db, appId, { hosts, period, measure, ours }),
    series: (appId, hosts, period, span, measure, now) =>
      trafficSeries(db, appId, { hosts, period, measure, ours }, span, now),
    byPlace: (appId, hosts, period, measure, wanted) =>
      trafficByPlace(db, appId, { hosts, period, measure, ...wanted, ours }),
    list: (appId, period, page, videoIds) => listPlays(db, appId, period, page, videoIds),
    top: (appId, day, host, take) => topPlays(db, appId, day, host, take),
    playFiles: (appId, period, now) => listFiles(db, links, { appId, kind: 'plays' }, period, [], now),
    accessFiles: (appId, hosts, period, now) =>
      listFiles(db, links, { appId, kind: 'access' }, period, hosts, now),
    transcodes: (appId, period) => transcodeDays(db, appId, period),
  };
  const keeper = createKeeper({ ...deps, collector });
  return {
    stats,
    v2: handlersOf(handlers, { ...deps, stats }),
    logReader: collector ?? undefined,
    lagMs: () => collector?.lagMs ?? null,
    registerRoutes: (app, isSwitchedOff) => registerRoutes(app, { store, links, clock, isSwitchedOff }),
    start: keeper.start,
    stop: keeper.stop,
  };
}
