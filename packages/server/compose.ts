import path from 'node:path';
import { createAccounts, type FirstAccount } from './accounts/index.ts';
import { createClasses } from './classes/index.ts';
import { createAddresses } from './common/addresses.ts';
import { cautiousClock } from './common/clocks/cautious-clock.ts';
import { type Clock, systemClock } from './common/clocks/clock.ts';
import type { Logger } from './common/log.ts';
import { createOutbound } from './common/outbound/outbound.ts';
import type { Config } from './config.ts';
import { createReserveKeeper, openDatabase } from './database/index.ts';
import { type ProtectionRules, registerDelivery } from './delivery/index.ts';
import { openEncryption } from './encryption/index.ts';
import { createEvents, type Delivery } from './events/index.ts';
import { createListeners, openNonceStore, registerGateway } from './gateway/index.ts';
import { createLibrary, libraryEventViews } from './library/index.ts';
import { createProber } from './media/index.ts';
import { createMetrics, registerFigures, registerPlaybackGauges } from './operations/index.ts';
import { createProcessing, processingEventViews } from './processing/index.ts';
import { createSettings, type SettingValues } from './settings/index.ts';
import { openDataFolder, watchOpenFiles } from './start/data-folder.ts';
import { openDatabaseAtStart } from './start/database.ts';
import { openGeoAtStart } from './start/geo.ts';
import { checkTlsFiles, listenOrSay, mainListeners } from './start/listen.ts';
import { openStoreAtStart } from './start/store.ts';
import { countTranscodes, createStats } from './stats/index.ts';
import { createEngine, createTasks, localDispatcher, pgBossDispatcher } from './tasks/index.ts';
import { createTemplates, createWatermarkPictures, templateActions } from './templates/index.ts';
import { createUploads } from './upload/index.ts';
import { statisticsFigures } from './watching/bounds.ts';
import { openMetricsListener } from './watching/metrics-listener.ts';
import { watch } from './watching/watch.ts';

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
  const ageClock = cautiousClock(clock);
  const metrics = createMetrics();
  const { dataFolder, lock } = await openDataFolder(config, { log, now: clock() });
  await checkTlsFiles(config);
  const database = await openDatabaseAtStart(config, log, () =>
    openDatabase(config.databaseUrl, config.dataDir, {
      log,
      onFault: ({ reason }) => metrics.countDatabaseFault(reason),
    }),
  );
  const store = await openStoreAtStart(config, log, dataFolder);
  await watchOpenFiles(dataFolder, config, database);
  const answersCalls = config.role !== 'worker';
  const works = config.role !== 'api';
  const listeners = await createListeners(config, log, metrics.countDropped);
  const addresses = createAddresses(config.publicUrl);
  const outbound = createOutbound({ allowPrivate: config.pullAllowPrivate });

  const accounts = createAccounts({ database, clock, log });
  const { templates } = createTemplates({ database });
  const encryption = await openEncryption({
    ...{ database, templates, clock, log, dataDir: config.dataDir },
    ...{ given: config.masterKey, others: config.otherMasterKeys },
  });
  const settings = createSettings({
    database,
    clock,
    log,
    defaults: config.applicationDefaults,
    facts: {
      hasDefinition: async (appId, id) => (await templates.get(database.db, appId, 'transcode', id)) !== null,
      hasWatermark: async (appId, id) => (await templates.get(database.db, appId, 'watermark', id)) !== null,
    },
  });
  await settings.checkDefaults();
  const pictures = createWatermarkPictures({
    ...{ database, templates, store, addresses, clock, log },
    workDir: path.join(config.dataDir, 'pictures'),
  });
  const templatesRoom = {
    v2: templateActions({
      ...{ database, templates, pictures },
      defaultDefinitions: async (appId) => (await settings.of(appId))['transcode.defaults'],
    }),
  };
  const events = createEvents({
    database,
    clock,
    ageClock,
    log,
    addresses,
    delivery: async (appId) => deliveryOf(await settings.of(appId)),
    outbound,
    sends: answersCalls,
    v2Views: { ...libraryEventViews, ...processingEventViews },
  });
  const tasks = createTasks({
    database,
    clock,
    log,
    quota: async (appId, db) => (await settings.of(appId, db))['quota.tasks'],
  });
  const { classes, ...classesRoom } = createClasses({ database });
  const library = createLibrary({
    ...{ database, store, classes, tasks, events, addresses, clock, ageClock, log },
    storageQuota: async (appId, db) => bytesOf((await settings.of(appId, db))['quota.storageMiB']),
  });
  const prober = createProber();
  const probing: Part = { start: () => prober.start(), stop: () => prober.close() };
  const processing = createProcessing({
    probe: prober.probe,
    database,
    tasks,
    library,
    events,
    store,
    addresses,
    templates,
    classes,
    outbound,
    clock,
    log,
    disk: dataFolder,
    pullDir: path.join(config.dataDir, 'pulls'),
    pullLimits: { maxFileBytes: config.maxFileMiB * 1024 ** 2, maxMs: config.pullMaxHours * 3600_000 },
    onPulled: (bytes) => metrics.countPulled(bytes),
    promisedBytes: (trx, appId) => uploads.promisedBytes(trx, appId),
    defaultDefinitions: async (appId, trx) => (await settings.of(appId, trx))['transcode.defaults'],
    automaticCovers: async (appId, trx) => (await settings.of(appId, trx))['covers.automatic'],
    defaultWatermark: async (appId, db) => (await settings.of(appId, db))['watermark.default'],
    workDir: path.join(config.dataDir, 'work'),
    encoding: {
      copyWhenFits: config.copyWhenFits,
      upscale: config.upscale,
      encodePreset: config.encodePreset,
    },
    encryption,
    onTranscoded: countTranscodes,
  });
  const uploads = createUploads({
    database,
    store,
    library,
    classes,
    processing,
    events,
    probe: prober.probe,
    verifyKey: async (appId) => (await settings.of(appId))['upload.verifyKey'],
    disk: dataFolder,
    addresses,
    outbound,
    clock,
    ageClock,
    log,
    config: {
      instantUpload: config.instantUpload,
      maxFileBytes: config.maxFileMiB * 1024 ** 2,
      partMemoryBytes: config.uploadMemoryMiB * 1024 ** 2,
    },
  });
  const engine = createEngine({
    tasks,
    dispatcher: database.url !== undefined ? pgBossDispatcher(database.url, log) : localDispatcher(),
    runner: processing.runner,
    clock,
    log,
    disk: dataFolder,
    places: {
      work: works ? config.transcodeConcurrency : 0,
      transfer: works ? config.pullsAtOnce : 0,
    },
  });

  const nonces = answersCalls ? openNonceStore({ ...config, database, clock: ageClock, log }) : null;
  watch(listeners, metrics, {
    ...{ database, store, dataFolder, tasks, events, uploads, prober, nonces, engine },
    ...{ config, clock, log },
  });
  const accessLogDir = config.accessLog ? path.join(config.dataDir, 'access-log') : null;
  const stats = createStats({
    ...{ database, store, library, addresses, clock, log, accessLogDir },
    geo: await openGeoAtStart(config),
    applications: () => accounts.listApplications(),
    publicHost: config.publicUrl === undefined ? null : new URL(config.publicUrl).hostname,
    onFileWritten: (kind) => metrics.countStatisticsFile(kind),
  });
  const reserve = createReserveKeeper({
    database,
    freeBytes: async () => {
      await dataFolder.shortage();
      return dataFolder.room()?.freeBytes ?? null;
    },
    log,
  });
  const parts: Part[] = [
    probing,
    ...(answersCalls ? [pictures] : []),
    dataFolder,
    reserve,
    accounts,
    events,
    library,
    uploads,
    processing,
    encryption,
    engine,
  ];
  if (nonces) {
    registerGateway(listeners.app, {
      onConnection: listeners.onConnection,
      accounts,
      nonces,
      v2: [
        classesRoom,
        library,
        uploads,
        processing,
        templatesRoom,
        encryption,
        tasks,
        events,
        stats,
      ].flatMap((room) => room.v2),
      config,
      outOfService: () => outOfService(dataFolder.gone()),
      clock,
      log,
      callQuota: async (appId) => (await settings.of(appId))['quota.callsPerSecond'],
      onAnswer: ({ action, code, durationMs }) => metrics.countCall(action, code, durationMs),
    });
    pictures.register(listeners.app);
    const delivery = registerDelivery(listeners.app, {
      store,
      database,
      library,
      addresses,
      encryption,
      clock,
      log,
      config: {
        segmentCacheBytes: config.segmentCacheMiB * 1024 ** 2,
        inFlightBytes: config.playbackMemoryMiB * 1024 ** 2,
        accessLogDir,
        trustProxy: config.trustProxy,
      },
      isSwitchedOff: accounts.isSwitchedOff,
      rulesOf: (appId, domain) => {
        const values = settings.recent(appId, domain);
        return values instanceof Promise ? values.then(protectionOf) : protectionOf(values);
      },
      onConnection: listeners.onConnection,
      onDelivered: (bytes) => metrics.countDelivered(bytes),
      logReader: stats.logReader,
    });
    stats.registerRoutes(listeners.app, accounts.isSwitchedOff);
    registerPlaybackGauges(metrics.registry, delivery.held);
    registerFigures(metrics.registry, statisticsFigures(stats));
    // Delivery ends first, so that all of the access log is counted.
    parts.push(stats, delivery);
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
      await lock?.release();
    },
  };
}

/** What is written to files that are gone is lost, and what is read from them may be long out of date. */
function outOfService(gone: readonly string[]): string | null {
  return gone.length === 0 ? null : `gone from the server: its ${gone.join(' and its ')}; try again later`;
}

function bytesOf(mebibytes: number | null): number | null {
  return mebibytes === null ? null : mebibytes * 1024 ** 2;
}

/** Without an address events wait to be pulled: the default of an address may have gone with its variable. */
function deliveryOf(values: SettingValues): Delivery {
  const url = values['events.callbackUrl'];
  return values['events.mode'] === 'callback' && url !== undefined
    ? { mode: 'callback', url }
    : { mode: 'pull' };
}

/** What protects the videos of an application. */
function protectionOf(values: SettingValues): ProtectionRules {
  return {
    key: values['hotlink.key'],
    referer: {
      mode: values['hotlink.refererMode'],
      referers: values['hotlink.referers'],
      blank: values['hotlink.blankReferer'],
    },
    playKey: values['play.key'],
    openPage: values['play.page'] === 'open',
  };
}
