import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import { type FlowCensus, flowCensus } from './census.ts';
import { createFlows, type FlowStore } from './flows.ts';
import type { TaskQuota } from './quota.ts';
import type { FlowDescription, TaskQueries, Tasks } from './types.ts';
import * as handlers from './v2/all.ts';

export type { Dispatcher } from './dispatcher.ts';
export { localDispatcher } from './dispatcher-local.ts';
export { pgBossDispatcher } from './dispatcher-pgboss.ts';
export { createEngine, type EngineOptions } from './engine.ts';
export { countUnfinished as unfinishedTasks } from './flow-table.ts';
export { hasEnded } from './state.ts';
export type {
  Failure,
  FlowControl,
  FlowListener,
  FlowRunner,
  Job,
  JobStatus,
  NewFlow,
  Notify,
  Outcome,
  TaskFlow,
  TaskQueries,
  Tasks,
} from './types.ts';

export interface TasksRoom extends Tasks, TaskQueries, FlowStore {
  v2: ActionHandler[];
  /** For operators; to be asked rarely. */
  census(): Promise<FlowCensus>;
}

/** Flows and their states. Work on them is done by `createEngine`. */
export function createTasks(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  /** No limit when left out. */
  quota?: TaskQuota;
}): TasksRoom {
  let describe: FlowDescription = async () => ({});
  const flows = createFlows(deps);
  const tasks = {
    ...flows,
    describeWith(by: FlowDescription) {
      describe = by;
    },
  };
  return {
    ...tasks,
    census: () => flowCensus(deps.database.db),
    v2: handlersOf(handlers, { tasks, describeFlow: (flow) => describe(flow) }),
  };
}
