import type { Addresses } from '../common/addresses.ts';
import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import type { Library } from '../library/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { FlowRunner, TaskFlow, Tasks } from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { changeListener, snapshotOf } from './changes.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import type { ProcessingEvents } from './events.ts';
import { createRunner } from './runner.ts';
import { starter } from './start.ts';
import type { DefaultDefinitions, Processing } from './types.ts';
import { convertVodFile } from './v2/ConvertVodFile.ts';
import type { ProcessingActionDeps } from './v2/deps.ts';
import { processFile } from './v2/ProcessFile.ts';
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
