import { type Executor, tablesOf } from '../database/index.ts';
import type { Lane } from './lanes.ts';

/** The tables of this room. */
export interface TasksTables {
  task_flows: TaskFlowRow;
  /** Which videos a flow reads or makes something of: what a deleted video ends. */
  task_flow_videos: { flow_id: string; app_id: string; video_id: string };
}

/** One flow with its jobs: they are only ever read and written together. */
export interface TaskFlowRow {
  id: string;
  app_id: string;
  /** What its results belong to; null as long as there is none. */
  video_id: string | null;
  /** JSON array of video ids. */
  sources: string;
  kind: string;
  /** The service's own wish; 0 or 1. */
  unasked: number;
  lane: Lane;
  /** `waiting`, `processing`, `finished`. */
  status: string;
  /** `end`, `change`, `none`. */
  notify: string;
  /** Higher first. */
  priority: number;
  /** JSON object. */
  options: string;
  /** JSON object; null for nothing. */
  about: string | null;
  /** JSON array. */
  jobs: string;
  /** JSON object of kind and message; null for none. */
  failure: string | null;
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
