import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import { type Database, faultLevel } from '../database/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { Collector } from './counting/collector.ts';
import { fileAccessLogs } from './files/access-files.ts';
import type { FileId } from './files/links.ts';
import { writePlayFiles } from './files/play-file.ts';
import type { Geo } from './geo/databases.ts';
import { forgetOld } from './retention.ts';
import { HOUR } from './spans.ts';

/** How often the access log is counted, and files are looked after, ms. */
const COUNT_MS = 15_000;
const FILE_MS = 60_000;

interface KeeperDeps {
  database: Database;
  store: ObjectStore;
  clock: Clock;
  log: Logger;
  geo: Geo;
  /** Null on a node without an access log. */
  collector: Collector | null;
  accessLogDir: string | null;
  applications(): Promise<readonly { appId: string }[]>;
  onFileWritten?: ((kind: FileId['kind']) => void) | undefined;
}

/** What statistics do by themselves: count, write files, forget. What fails is tried again. */
export function createKeeper(deps: KeeperDeps) {
  const { database, store, clock, log, geo, collector, accessLogDir } = deps;
  const { onFileWritten: onWritten = () => {} } = deps;
  // bounded by: what `start` puts in
  let timers: NodeJS.Timeout[] = [];
  let working: Promise<unknown> = Promise.resolve();
  let forgotAt = Number.NEGATIVE_INFINITY;
  // bounded by: the steps of `file`
  const failing = new Set<string>();

  async function step(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      failing.delete(name);
    } catch (error) {
      if (!failing.has(name)) log[faultLevel(error)]({ err: error, step: name }, 'statistics wait');
      failing.add(name);
    }
  }

  async function file(): Promise<void> {
    const now = clock();
    if (collector && accessLogDir !== null) {
      await step('access files', async () => {
        const apps = new Set((await deps.applications()).map(({ appId }) => appId));
        const node = await collector.node();
        await fileAccessLogs({
          ...{ folder: accessLogDir, node, database, store, apps, placeOf: geo.placeOf },
          onWritten: () => onWritten('access'),
        });
      });
    }
    await step('play files', () => writePlayFiles(database, store, now, () => onWritten('plays')));
    if (Math.abs(now - forgotAt) < HOUR) return;
    forgotAt = now;
    await geo.refresh(log);
    await step('forget', () => forgetOld(database, store, now));
  }

  /** Rounds do not heap up: one that is due while another runs is left out. */
  function every(ms: number, work: () => Promise<unknown>): NodeJS.Timeout {
    let isBusy = false;
    const round = () => {
      if (isBusy) return;
      isBusy = true;
      const ended = work().finally(() => {
        isBusy = false;
      });
      working = Promise.all([working, ended]).then(() => {});
    };
    round();
    return setInterval(round, ms).unref();
  }

  return {
    start(): void {
      timers = [every(FILE_MS, file)];
      if (collector) timers.push(every(COUNT_MS, () => collector.collect()));
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      await working;
      await collector?.collect();
    },
  };
}
