import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clocks/clock.ts';
import { OwnedFolders } from '../common/leftovers/owned-folders.ts';
import type { Logger } from '../common/log.ts';
import type { Outbound } from '../common/outbound/outbound.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import type { Library } from '../library/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { FlowRunner, Tasks } from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { changeListener, snapshotOf } from './changes.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import type { ProcessingEvents } from './events.ts';
import { createRunner } from './runner.ts';
import { starter } from './start.ts';
import type { AutomaticCovers, DefaultDefinitions, Processing } from './types.ts';
import * as handlers from './v2/all.ts';
import { flowData } from './v2/views/flow.ts';

export type { ProcessingEvents } from './events.ts';
export type { Processing } from './types.ts';
export { processingEventViews } from './v2/views/flow.ts';

export interface ProcessingDeps {
  database: Database;
  tasks: Tasks;
  library: Library;
  events: Events<ProcessingEvents>;
  store: ObjectStore;
  addresses: Addresses;
  templates: Templates;
  clock: Clock;
  log: Logger;
  defaultDefinitions: DefaultDefinitions;
  automaticCovers: AutomaticCovers;
  /** For files in the making, best on the disk of a disk store; removed after use, also after a kill. */
  workDir: string;
  encoding: EncodingSettings;
  /** How addresses that callers name are reached. */
  outbound: Outbound;
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
  const processing = starter(deps);
  const folders = new OwnedFolders(deps.workDir);
  return {
    ...processing,
    runner: createRunner({ ...deps, folders }),
    start: () => folders.start(),
    stop: () => folders.stop(),
    v2: handlersOf(handlers, { ...deps, processing }),
  };
}
