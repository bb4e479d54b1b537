import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import type { Library } from '../library/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { FlowRunner, TaskFlow, Tasks } from '../tasks/index.ts';
import { changeListener, snapshotOf } from './changes.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import { createRunner } from './runner.ts';
import { starter } from './start.ts';
import type { Processing } from './types.ts';
import { convertVodFile } from './v2/ConvertVodFile.ts';
import type { ProcessingActionDeps } from './v2/deps.ts';
import { processFile } from './v2/ProcessFile.ts';
import { flowData } from './v2/views/flow.ts';

export type { Processing } from './types.ts';

export interface ProcessingDeps {
  database: Database;
  tasks: Tasks;
  library: Library;
  events: Events;
  store: ObjectStore;
  addresses: Addresses;
  clock: Clock;
  log: Logger;
  /** Definitions that ConvertVodFile and `isTranscode=1` make. */
  transcodeDefaults: readonly number[];
  /** For files in the making, best on the disk of a disk store; removed after use, also after a kill. */
  workDir: string;
  encoding: EncodingSettings;
}

export interface ProcessingService extends Processing {
  /** For the task engine. */
  runner: FlowRunner;
  /** `data` of GetTaskInfo. */
  describeFlow(flow: TaskFlow): Promise<Record<string, unknown>>;
}

/** @throws Error when a default definition is unknown */
export function createProcessing(deps: ProcessingDeps): ProcessingService {
  deps.tasks.onChange(changeListener(deps));
  return {
    ...starter(deps),
    runner: createRunner(deps),
    describeFlow: async (flow) => flowData(await snapshotOf(deps.library, deps.database.db, flow), deps),
  };
}

/** Handlers of ConvertVodFile and ProcessFile. */
export function processingActions(deps: ProcessingActionDeps): ActionHandler[] {
  return [convertVodFile(deps), processFile(deps)] as ActionHandler[];
}
