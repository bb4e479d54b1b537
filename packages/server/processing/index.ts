import type { Classes } from '../classes/index.ts';
import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clocks/clock.ts';
import type { DiskRoom } from '../common/data-folder/data-folder.ts';
import { OwnedFolders } from '../common/leftovers/owned-folders.ts';
import type { Logger } from '../common/log.ts';
import type { Outbound } from '../common/outbound/outbound.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database, Executor } from '../database/index.ts';
import type { Encryption } from '../encryption/index.ts';
import type { Events } from '../events/index.ts';
import type { Library, LibraryEvents } from '../library/index.ts';
import type { MediaInfo } from '../media/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { FlowRunner, TaskQueries, Tasks } from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { changeListener, type OnTranscoded, snapshotOf } from './changes.ts';
import { defaultTemplates } from './definitions.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import { createEncryptions } from './encryptions.ts';
import type { ProcessingEvents } from './events.ts';
import { createMakingRunner } from './making/runner.ts';
import { createProcedureRunner } from './procedure-runner.ts';
import { PullFolder } from './pull/folder.ts';
import { PULL_LIMITS, type PullLimits } from './pull/limits.ts';
import { createPullRunner } from './pull/runner.ts';
import { createRunner } from './runner.ts';
import { runnerByKind } from './runner-by-kind.ts';
import { simpleHls } from './simple-hls.ts';
import { starter } from './starting/starter.ts';
import { storageRoom } from './storage-room.ts';
import type { AutomaticCovers, DefaultDefinitions, Processing } from './types.ts';
import * as handlers from './v2/all.ts';
import { namedProcedure } from './v2/procedures/named.ts';
import { flowData } from './v2/views/flow.ts';
import { createWatermarks, type DefaultWatermark } from './watermarks.ts';

export type { ProcessingEvents } from './events.ts';
export type { PreparedProcedure, Processing, PullRequest } from './types.ts';
export { processingEventViews } from './v2/views/flow.ts';
export type { JobWatermark } from './watermarks.ts';

export interface ProcessingDeps {
  database: Database;
  tasks: Tasks & Pick<TaskQueries, 'findFlow'>;
  library: Library;
  classes: Pick<Classes, 'require'>;
  events: Events<ProcessingEvents> & Events<Pick<LibraryEvents, 'video.created'>>;
  store: ObjectStore;
  addresses: Addresses;
  templates: Templates;
  clock: Clock;
  log: Logger;
  defaultDefinitions: DefaultDefinitions;
  automaticCovers: AutomaticCovers;
  defaultWatermark: DefaultWatermark;
  /** For files in the making, best on the disk of a disk store; removed after use, also after a kill. */
  workDir: string;
  /** For files that are being pulled, on the same disk: they outlive a worker that is killed. */
  pullDir: string;
  /** Of the disk that both are on. */
  disk: DiskRoom;
  /** What a file is that was pulled. @throws MediaError */
  probe(path: string, options: { signal: AbortSignal }): Promise<MediaInfo>;
  pullLimits?: Partial<PullLimits>;
  /** What uploads of an application that have begun will store, bytes. */
  promisedBytes(trx: Executor, appId: string): Promise<number>;
  encoding: EncodingSettings;
  encryption: Pick<Encryption, 'keys' | 'requireAble'>;
  /** How addresses that callers name are reached. */
  outbound: Outbound;
  /** Told of bytes that came from an address that is pulled; nobody is when left out. */
  onPulled?: (bytes: number) => void;
  /** Told of renditions that were made, in the transaction that says so; nobody is when left out. */
  onTranscoded?: OnTranscoded;
}

export interface ProcessingRoom extends Processing {
  /** For the task engine. */
  runner: FlowRunner;
  v2: ActionHandler[];
  /** Begins to remove what workers that were killed have left in the folder for work. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What can be made of videos. It tells the tasks room what their flows are about. */
export function createProcessing(deps: ProcessingDeps): ProcessingRoom {
  const { tasks, library, database } = deps;
  tasks.onChange(changeListener(deps));
  tasks.describeWith(async (flow) => flowData(await snapshotOf(library, database.db, flow), deps));
  const watermarks = createWatermarks(deps);
  const encryptions = createEncryptions(deps);
  const processing: Processing = {
    ...starter(deps),
    watermarks,
    prepareProcedure: (db, appId, call) =>
      namedProcedure(call, {
        ...{ db, templates: deps.templates, watermarks, encryptions, video: { appId, info: null } },
        defaultDefinitions: async () => (await defaultTemplates(deps, appId, db)).map(({ id }) => id),
      }),
  };
  const folders = new OwnedFolders(deps.workDir);
  const folder = new PullFolder(deps.pullDir);
  const limits = { ...PULL_LIMITS, ...deps.pullLimits };
  const room = storageRoom(deps);
  const usual = createRunner({ ...deps, folders, dataKeys: deps.encryption.keys });
  const pulling = createPullRunner({ ...deps, processing, folder, limits, room });
  const making = createMakingRunner({ ...deps, processing, folders, room });
  return {
    ...processing,
    runner: runnerByKind(usual, {
      pull: pulling,
      clip: making,
      concat: making,
      procedure: createProcedureRunner(deps, { making, pulling, usual }),
    }),
    async start() {
      await folders.start();
      await folder.start();
    },
    async stop() {
      await folders.stop();
      await folder.stop();
    },
    v2: handlersOf(handlers, {
      ...deps,
      processing,
      simpleHls: simpleHls({ ...deps, processing, room }),
      watermarks,
      encryptions,
    }),
  };
}
