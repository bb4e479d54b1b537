export type { Dispatcher, Ticket } from './dispatcher.ts';
export { localDispatcher } from './dispatcher-local.ts';
export { pgBossDispatcher } from './dispatcher-pgboss.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { createTasks, type FlowStore, LeaseLostError } from './flows.ts';
export { ownerIsGone, ownerName } from './owner.ts';
export { SYSTEM_FAILURE } from './state.ts';
export type {
  FlowControl,
  FlowCursor,
  FlowListener,
  FlowRunner,
  FlowStatus,
  NewFlow,
  Outcome,
  SubTask,
  TaskFlow,
  TaskQueries,
  Tasks,
} from './types.ts';
