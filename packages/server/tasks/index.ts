import type { ActionHandler } from '../common/v2/handler.ts';
import type { TasksActionDeps } from './v2/deps.ts';
import { getTaskInfo } from './v2/GetTaskInfo.ts';
import { getTaskList } from './v2/GetTaskList.ts';
import { redoTask } from './v2/RedoTask.ts';

export type { Dispatcher } from './dispatcher.ts';
export { localDispatcher } from './dispatcher-local.ts';
export { pgBossDispatcher } from './dispatcher-pgboss.ts';
export { createEngine, type EngineOptions } from './engine.ts';
export { createTasks } from './flows.ts';
export { ownerIsGone, ownerName } from './owner.ts';
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
  Tasks,
} from './types.ts';

/** Handlers of GetTaskInfo, GetTaskList and RedoTask. */
export function tasksActions(deps: TasksActionDeps): ActionHandler[] {
  return [getTaskInfo(deps), getTaskList(deps), redoTask(deps)] as ActionHandler[];
}
