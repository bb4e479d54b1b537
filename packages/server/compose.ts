import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createAccounts, type FirstAccount } from './accounts/index.ts';
import { createAddresses } from './common/addresses.ts';
import { type Clock, systemClock } from './common/clock.ts';
import type { Logger } from './common/log.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/index.ts';
import { registerDelivery } from './delivery/index.ts';
import { createEvents, eventsActions } from './events/index.ts';
import { createListeners, openNonceStore, registerGateway } from './gateway/index.ts';
import { createLibrary, libraryActions } from './library/index.ts';
import { createProber } from './media/index.ts';
import { createMetrics, registerOperations } from './operations/index.ts';
import { createProcessing, processingActions } from './processing/index.ts';
import { openStore } from './storage/index.ts';
import { createEngine, createTasks, localDispatcher, pgBossDispatcher, tasksActions } from './tasks/index.ts';
import { createTemplates } from './templates/index.ts';
import { createUploads, uploadActions } from './upload/index.ts';

/** A running OpenVOD. */
export interface Service {
  /** Origins it listens on, the plain one first. */
  addresses: string[];
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
  await mkdir(config.dataDir, { recursive: true });
  const database = await openDatabase(config.databaseUrl, config.dataDir);
  await database.migrate();
  const store = await openStore(config.storageUrl, config.dataDir);
  const answersCalls = config.role !== 'worker';
  const works = config.role !== 'api';
  const metrics = createMetrics();
  const listeners = await createListeners(config, log);
  const addresses = createAddresses(config.publicUrl);

  const accounts = createAccounts({ database, clock, log });
  const events = createEvents({
    database,
    clock,
    log,
    config: { mode: config.eventMode, callbackUrl: config.callbackUrl },
  });
  const tasks = createTasks({ database, clock, log });
  const library = createLibrary({ database, store, tasks, events, clock, log });
  const templates = createTemplates();
  const processing = createProcessing({
    database,
    tasks,
    library,
    events,
    store,
    addresses,
    templates,
    clock,
    log,
    transcodeDefaults: config.transcodeDefaults,
    workDir: path.join(config.dataDir, 'work'),
  });
  const prober = createProber();
  const uploads = createUploads({
    database,
    store,
    library,
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
    dispatcher: database.url ? pgBossDispatcher(database.url, log) : localDispatcher(),
    runner: processing.runner,
    clock,
    log,
    concurrency: works ? config.transcodeConcurrency : 0,
  });

  registerOperations(listeners.app, {
    dependencies: [
      { name: 'database', check: () => database.check() },
      { name: 'storage', check: () => store.check() },
    ],
    registry: metrics.registry,
    log,
  });
  const nonces = answersCalls ? openNonceStore({ ...config, database, clock, log }) : null;
  const parts: Part[] = [events, library, uploads, engine];
  if (nonces) {
    registerGateway(listeners.app, {
      accounts,
      nonces,
      actions: [
        ...libraryActions({ database, library, addresses }),
        ...uploadActions({ uploads, addresses }),
        ...processingActions({ database, library, processing, templates }),
        ...tasksActions({ tasks, describeFlow: processing.describeFlow }),
        ...eventsActions({ events }),
      ],
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
  const ports = await listeners.listen();
  const shownHost = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const origins = [`http://${shownHost}:${ports.port}`];
  if (ports.tlsPort !== null) origins.push(`https://${shownHost}:${ports.tlsPort}`);
  addresses.fallBackTo(origins[0]!);
  for (const part of parts) await part.start?.();
  log.info({ addresses: origins, role: config.role, database: database.kind }, 'listening');

  return {
    addresses: origins,
    firstAccount,
    async stop() {
      await listeners.close();
      for (const part of parts.toReversed()) await part.stop();
      await prober.close();
      await nonces?.close();
      await store.close();
      await database.close();
    },
  };
}
