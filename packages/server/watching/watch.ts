import type { Clock } from '../common/clocks/clock.ts';
import type { DataFolder } from '../common/data-folder/data-folder.ts';
import type { Logger } from '../common/log.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/index.ts';
import type { EventsRoom } from '../events/index.ts';
import type { Listeners, NonceStore } from '../gateway/index.ts';
import { storedBytesByApplication } from '../library/index.ts';
import type { Prober } from '../media/index.ts';
import {
  type Metrics,
  registerCensus,
  registerFigures,
  registerGauges,
  registerOperations,
} from '../operations/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { createEngine, createTasks } from '../tasks/index.ts';
import type { UploadRoom } from '../upload/index.ts';
import { boundsOf } from './bounds.ts';
import { dependenciesOf } from './readiness.ts';

/** What an operator sees is about. */
interface Watched {
  database: Database;
  store: ObjectStore;
  dataFolder: DataFolder;
  tasks: ReturnType<typeof createTasks>;
  events: Pick<EventsRoom<unknown>, 'census'>;
  uploads: UploadRoom;
  prober: Pick<Prober, 'load'>;
  nonces: NonceStore | null;
  engine: ReturnType<typeof createEngine>;
  config: Config;
  clock: Clock;
  log: Logger;
}

/** Joins the rooms to `/healthz`, `/readyz` and `/metrics`. */
export function watch(listeners: Listeners, metrics: Metrics, watched: Watched): void {
  const { database, store, dataFolder, tasks, uploads, prober, nonces, engine, config, log } = watched;
  const { registry } = metrics;
  registerOperations(listeners.app, {
    dependencies: dependenciesOf({ database, store, dataFolder }),
    registry: config.metricsPort === null ? registry : null,
    log,
  });
  tasks.onEnded(({ kind, failure }) => metrics.countFlow(kind, failure?.kind ?? 'success'));
  registerFigures(registry, boundsOf(uploads, prober, nonces));
  registerGauges(registry, {
    disk: () => dataFolder.room(),
    minFreeBytes: config.minFreeMiB * 1024 ** 2,
    connections: () => database.connections(),
    clients: listeners.connections,
    outages: () => engine.outages(),
    running: () => engine.running(),
  });
  registerCensus(registry, { clock: watched.clock, log, read: () => count(watched) });
}

/** One after the other: it must not take several connections of the database's. */
async function count({ database, tasks, events, uploads }: Watched) {
  const { flows, oldestWaitingAt } = await tasks.census();
  const told = await events.census();
  return {
    flows,
    oldestWaitingFlowAt: oldestWaitingAt,
    eventsWaiting: told.waiting,
    eventsSetAside: told.setAside,
    oldestEventAt: told.oldestAt,
    openUploads: await uploads.countOpen(),
    storedBytes: await storedBytesByApplication(database.db),
  };
}
