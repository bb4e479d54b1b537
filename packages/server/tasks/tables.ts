import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface TasksTables {
  task_flows: TaskFlowRow;
}

/** One flow with its sub-tasks: they are only ever read and written together. */
export interface TaskFlowRow {
  id: string;
  app_id: string;
  video_id: string;
  kind: string;
  /** `waiting`, `processing`, `finished`. */
  status: string;
  notify_mode: string;
  /** Higher first. */
  priority: number;
  /** JSON object. */
  options: string;
  /** JSON array of sub-tasks. */
  sub_tasks: string;
  error_code: number;
  message: string;
  /** For the operator: last words of a tool, a stack. */
  log: string;
  created_at: number;
  started_at: number | null;
  changed_at: number;
  finished_at: number | null;
  /** Not to be started before this time. */
  run_after: number;
  attempt: number;
  faults: number;
  run: number;
  /** Counts changes of state, so that a writer notices when somebody was faster. */
  revision: number;
  /** Who works on it, until when; null unless processing. */
  lease_token: string | null;
  lease_until: number | null;
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<TasksTables>(executor);
