import path from 'node:path';
import type { Registry } from '@prometheus-io/client';
import { createAccounts, type FirstAccount } from './accounts/index.ts';
import { createClasses } from './classes/index.ts';
import { createAddresses } from './common/addresses.ts';
import { type Clock, systemClock } from './common/clock.ts';
import type { Logger } from './common/log.ts';
import { createOutbound } from './common/outbound/outbound.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/index.ts';
import { registerDelivery } from './delivery/index.ts';
import { createEvents, type Delivery } from './events/index.ts';
import { createListeners, openNonceStore, registerGateway } from './gateway/index.ts';
import { createLibrary, libraryEventViews } from './library/index.ts';
import { createProber } from './media/index.ts';
import { createMetrics, listenForMetrics, registerCensus, registerOperations } from './operations/index.ts';
import { createProcessing, processingEventViews } from './processing/index.ts';
import { createSettings, type SettingValues } from './settings/index.ts';
import {
  checkTlsFiles,
  listenOrSay,
  METRICS_LISTENER,
  mainListeners,
  openDatabaseAtStart,
  openDataDir,
  openStoreAtStart,
} from './start.ts';
import { createEngine, createTasks, localDispatcher, pgBossDispatcher } from './tasks/index.ts';
import { createTemplates } from './templates/index.ts';
import { createUploads } from './upload/index.ts';

/** A running OpenVOD. */
export interface Service {
  /** Origins it listens on, the plain one first. */
  addresses: string[];
  /** Of `/metrics`, when it has a port of its own. */
  metricsPort: number | null;
  /** Null on a worker, which answers no API calls. */
  firstAccount: FirstAccount | null;
  /** Finishes what is under way and lets go of everything. */
  stop(): Promise<void>;
}

interface Part {
  start?(): void | Promise<void>;
  stop(): Promise<void>;
}

/** Joins the rooms into one service and starts it; the only place where they meet. Rejects with what failed to open. */
export async function compose(
  config: Config,
  { log, clock = systemClock }: { log: Logger; clock?: Clock },
): Promise<Service> {
  await openDataDir(config);
  await checkTlsFiles(config);
  const database = await openDatabaseAtStart(config, log, () =>
    openDatabase(config.databaseUrl, config.dataDir),
  );
  const store = await openStoreAtStart(config, log);
  const answersCalls = config.role !== 'worker';
  const works = config.role !== 'api';
  const metrics = createMetrics();
  const listeners = await createListeners(config, log);
  const addresses = createAddresses(config.publicUrl);
  const outbound = createOutbound({ allowPrivate: config.pullAllowPrivate });

  const accounts = createAccounts({ database, clock, log });
  const { templates } = createTemplates({ database });
  const settings = createSettings({
    database,
    clock,
    log,
    defaults: config.applicationDefaults,
    facts: {
      hasDefinition: async (appId, id) => (await templates.get(database.db, appId, 'transcode', id)) !== null,
    },
  });
  await settings.checkDefaults();
  const events = createEvents({
    database,
    clock,
    log,
    addresses,
    delivery: async (appId) => deliveryOf(await settings.of(appId)),
    outbound,
    sends: answersCalls,
    v2Views: { ...libraryEventViews, ...processingEventViews },
  });
  const tasks = createTasks({ database, clock, log });
  const { classes, ...classesRoom } = createClasses({ database });
  const library = createLibrary({ database, store, classes, tasks, events, addresses, clock, log });
  const processing = createProcessing({
    database,
    tasks,
    library,
    events,
    store,
    addresses,
    templates,
    outbound,
    clock,
    log,
    defaultDefinitions: async (appId, trx) => (await settings.of(appId, trx))['transcode.defaults'],
    workDir: path.join(config.dataDir, 'work'),
    encoding: {
      copyWhenFits: config.copyWhenFits,
      upscale: config.upscale,
      encodePreset: config.encodePreset,
    },
  });
  const prober = createProber();
  const probing: Part = { start: () => prober.start(), stop: () => prober.close() };
  const uploads = createUploads({
    database,
    store,
    library,
    classes,
    processing,
    events,
    probe: prober.probe,
    addresses,
    clock,
    log,
    config: { instantUpload: config.instantUpload, maxFileBytes: config.maxFileMiB * 1024 ** 2 },
  });
  const engine = createEngine({
    tasks,
    dispatcher: database.url !== undefined ? pgBossDispatcher(database.url, log) : localDispatcher(),
    runner: processing.runner,
    clock,
    log,
    concurrency: works ? config.transcodeConcurrency : 0,
  });

  tasks.onEnded((failure) => metrics.countFlow(failure?.kind ?? 'success'));
  registerCensus(metrics.registry, {
    clock,
    log,
    async read() {
      const [{ flows, oldestWaitingAt }, told] = [await tasks.census(), await events.census()];
      return {
        flows,
        oldestWaitingFlowAt: oldestWaitingAt,
        eventsWaiting: told.waiting,
        eventsSetAside: told.setAside,
        oldestEventAt: told.oldestAt,
        openUploads: await uploads.countOpen(),
      };
    },
  });
  registerOperations(listeners.app, {
    dependencies: [
      { name: 'database', check: () => database.check() },
      { name: 'storage', check: () => store.check() },
    ],
    registry: config.metricsPort === null ? metrics.registry : null,
    log,
  });
  const nonces = answersCalls ? openNonceStore({ ...config, database, clock, log }) : null;
  const parts: Part[] = [events, library, uploads, engine];
  if (answersCalls) parts.unshift(probing);
  if (nonces) {
    registerGateway(listeners.app, {
      accounts,
      nonces,
      v2: [classesRoom, library, uploads, processing, tasks, events].flatMap((room) => room.v2),
      config,
      clock,
      log,
      onAnswer: ({ action, code, durationMs }) => metrics.countCall(action, code, durationMs),
    });
    parts.push(
      registerDelivery(listeners.app, {
        store,
        database,
        library,
        clock,
        log,
        config: {
          segmentCacheBytes: config.segmentCacheMiB * 1024 ** 2,
          accessLogDir: config.accessLog ? path.join(config.dataDir, 'access-log') : null,
          trustProxy: config.trustProxy,
        },
        onDelivered: (bytes) => metrics.countDelivered(bytes),
      }),
    );
  }

  const firstAccount = answersCalls ? await accounts.ensureFirstAccount(config) : null;
  const ports = await listenOrSay(mainListeners(config), () => listeners.listen());
  const metricsListener = await openMetricsListener(config, metrics.registry, log);
  const shownHost = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const origins = [`http://${shownHost}:${ports.port}`];
  if (ports.tlsPort !== null) origins.push(`https://${shownHost}:${ports.tlsPort}`);
  addresses.fallBackTo(origins[0]!);
  for (const part of parts) await part.start?.();
  const where = { addresses: origins, metricsPort: metricsListener?.port };
  log.info({ ...where, role: config.role, database: database.dialect }, 'listening');

  return {
    addresses: origins,
    metricsPort: metricsListener?.port ?? null,
    firstAccount,
    async stop() {
      await listeners.close();
      for (const part of parts.toReversed()) await part.stop();
      await nonces?.close();
      await metricsListener?.close();
      await store.close();
      await database.close();
    },
  };
}

async function openMetricsListener(config: Config, registry: Registry, log: Logger) {
  const { metricsHost: host = '127.0.0.1', metricsPort: port } = config;
  if (port === null) return null;
  return listenOrSay(METRICS_LISTENER, () => listenForMetrics({ host, port }, { registry, log }));
}

/** Without an address events wait to be pulled: the default of an address may have gone with its variable. */
function deliveryOf(values: SettingValues): Delivery {
  const url = values['events.callbackUrl'];
  return values['events.mode'] === 'callback' && url !== undefined
    ? { mode: 'callback', url }
    : { mode: 'pull' };
}
