import { copyFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Action, actionByName, type ParamsOf } from '@openvod/contract/v2';
import { createClasses } from '../../classes/index.ts';
import { createAddresses } from '../../common/addresses.ts';
import { newFileId } from '../../common/ids.ts';
import { silentLogger } from '../../common/log.ts';
import { runFolder, sourceKey, videoPrefix } from '../../common/object-keys.ts';
import { createOutbound, type Outbound } from '../../common/outbound/outbound.ts';
import type { ActionHandler } from '../../common/v2/handler.ts';
import type { Database } from '../../database/index.ts';
import { masterKeyOf, openEncryption } from '../../encryption/index.ts';
import { createEvents } from '../../events/index.ts';
import { createLibrary, type LibraryDeps, libraryEventViews } from '../../library/index.ts';
import { MediaError, probe } from '../../media/index.ts';
import { openStore } from '../../storage/index.ts';
import {
  createEngine,
  createTasks,
  type EngineOptions,
  type FlowRunner,
  localDispatcher,
  pgBossDispatcher,
  type TaskFlow,
} from '../../tasks/index.ts';
import { createTemplates } from '../../templates/index.ts';
import { pulled, shownEvents } from '../../testing/events.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { createProcessing, type ProcessingDeps, processingEventViews } from '../index.ts';

export const APP = '1250000001';

/** Of all workers, so that each goes on with what another began. */
const MASTER_KEY = '5a'.repeat(32);

/** What an answer or an event holds; tests look into it without saying its type. */
// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Wire = any;

/** What tests may have otherwise. */
type FixtureOptions = Partial<Pick<ProcessingDeps, 'disk' | 'pullLimits' | 'promisedBytes'>> & {
  /** How addresses are reached; private ones may be when left out. */
  outbound?: Outbound;
  storageQuota?: LibraryDeps['storageQuota'];
  /** Null: that of a file in `dataDir`, if there may be one. */
  masterKey?: string | null;
  clock?: () => number;
};

/**
 * Everything that a transcode needs, as one process of the service would have it, on a disk store in `dataDir` unless there is an
 * address of another.
 */
export async function createFixture(
  database: Database,
  dataDir: string,
  storageUrl?: string,
  more: FixtureOptions = {},
) {
  const { db } = database;
  const { clock = Date.now } = more;
  const log = silentLogger;
  const store = await openStore(storageUrl, dataDir);
  const addresses = createAddresses('https://media.example.com');
  const { templates } = createTemplates({ database });
  const tasks = createTasks({ database, clock, log });
  const v2Views = { ...libraryEventViews, ...processingEventViews };
  const { outbound = createOutbound({ allowPrivate: true }), storageQuota, masterKey = MASTER_KEY } = more;
  const reading = { addresses, delivery: pulled, v2Views, outbound, sends: false };
  const events = createEvents({ database, clock, log, ...reading });
  const { classes } = createClasses({ database });
  const options: { watermark?: number; covers?: boolean } = {};
  let aged = 0;
  const ageClock = () => clock() + aged;
  const library = createLibrary({
    ...{ database, store, classes, tasks, events, addresses, clock, ageClock, log },
    ...(storageQuota && { storageQuota }),
  });
  const encryption = await openEncryption({
    ...{ database, templates, clock, log, dataDir },
    ...{ given: masterKey === null ? undefined : masterKeyOf(masterKey)!, others: [] },
  });
  const workDir = path.join(dataDir, 'work');
  const pullDir = path.join(dataDir, 'pulls');
  const processing = createProcessing({
    ...{ classes, probe, pullDir, disk: { shortage: async () => null }, promisedBytes: async () => 0 },
    pullLimits: { retryMs: 10 },
    ...more,
    ...{ database, tasks, library, events, store, addresses, templates, outbound, clock, log, workDir },
    defaultDefinitions: async () => [20, 220],
    automaticCovers: async (appId) => options.covers === true && appId === APP,
    defaultWatermark: async () => options.watermark ?? null,
    encryption,
    encoding: { copyWhenFits: 'strict', upscale: false, encodePreset: 'veryfast' },
  });
  const handlers: ActionHandler[] = [...library.v2, ...processing.v2, ...encryption.v2, ...tasks.v2];
  await processing.start();
  const engines: { stop(): Promise<void> }[] = [];

  /** Keys of all objects. */
  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of store.list('')) found.push(key);
    return found;
  }

  return {
    db,
    templates,
    encryption,
    store,
    tasks,
    library,
    processing,
    workDir,
    /** Settings of the application. */
    options,
    pullDir,
    classes,

    /** From now on what is removed by its age is so much older, ms. */
    age(ms: number): void {
      aged += ms;
    },

    /** Uploads a file without the upload. */
    async addVideo(file: string): Promise<string> {
      const id = newFileId();
      const key = sourceKey(APP, id, 'mp4');
      const copy = path.join(dataDir, id);
      await copyFile(file, copy);
      const info = await probe(file).catch((error) => {
        if (error instanceof MediaError) return null;
        throw error;
      });
      const { size } = await stat(copy);
      await store.putFile(key, copy);
      const video = { id, appId: APP, name: 'clip', type: 'mp4', size, sha1: id.padStart(40, '0'), info };
      await database.transaction((trx) =>
        library.videos.create(trx, { ...video, sourceKey: key, sourceType: 'ServerUpload' }, clock()),
      );
      return id;
    },

    /** Calls an action with parameters as they travel, through the contract's own schema. */
    async call(name: string, params: Record<string, unknown>, appId = APP): Promise<Wire> {
      const action = actionByName(name);
      const found = handlers.find((candidate) => candidate.action === action);
      if (!found) throw new Error(`no handler of ${name}`);
      const typed = found.action.params.parse(params) as ParamsOf<Action>;
      return asOnTheWire(found.action, () =>
        found.run(typed, { appId, now: clock(), signal: new AbortController().signal, log }),
      );
    },

    async startEngine(options: Partial<EngineOptions> & { runner?: FlowRunner } = {}) {
      const { runner } = processing;
      const dispatcher = database.url ? pgBossDispatcher(database.url, log, 50) : localDispatcher();
      const engine = createEngine({
        ...{ tasks, dispatcher, runner, clock, log, places: { work: 1, transfer: 1 } },
        ...{ sweepMs: 50, retryMs: 1, ...options },
      });
      engines.push(engine);
      await engine.start();
      return engine;
    },

    async finished(flowId: string): Promise<TaskFlow> {
      for (;;) {
        const flow = await tasks.findFlow(APP, flowId, clock());
        if (flow?.status === 'finished') return flow;
        await sleep(20);
      }
    },

    /** All events so far, in order. */
    events: (): Promise<Wire[]> => shownEvents(db, v2Views, addresses),

    keys,

    /** Resolves once nothing lies in the folder for work any more: a flow ends a moment before its folder goes. */
    async workIsPutAway(): Promise<void> {
      for (;;) {
        // A folder that goes while it is looked into: look again.
        const left = await readdir(workDir, { recursive: true }).catch(() => null);
        if (left?.every((name) => !name.includes(path.sep))) return;
        await sleep(5);
      }
    },

    /** Where the files of a run lie; without one, those that can never be made again. */
    runFolderOf: (videoId: string, run: string | null) =>
      run === null ? videoPrefix(APP, videoId) : runFolder(APP, videoId, run),

    /** The same, once there are so many of them. */
    async keysOnce(count: number): Promise<string[]> {
      for (;;) {
        const found = await keys();
        if (found.length === count) return found;
        await sleep(20);
      }
    },

    async [Symbol.asyncDispose]() {
      await library.stop();
      await Promise.all(engines.map((engine) => engine.stop()));
      await processing.stop();
      await store.close();
    },
  };
}
