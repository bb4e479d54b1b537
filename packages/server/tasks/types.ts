import type { Executor } from '../database/index.ts';

export type FlowStatus = 'waiting' | 'processing' | 'finished';
export type SubTaskStatus = 'waiting' | 'processing' | 'succeeded' | 'failed';

/** One job of a flow, e.g. one definition of a transcode. */
export interface SubTask {
  index: number;
  /** `Transcode`, later `SampleSnapshot` … (contract/events/ProcedureStateChanged.yaml). */
  type: string;
  input: Record<string, unknown>;
  status: SubTaskStatus;
  /** 0, or a code of contract/processing-error-codes.yaml. */
  errorCode: number;
  message: string;
  /** Present once it succeeded. */
  output: Record<string, unknown> | null;
  /** 0 to 1. */
  progress: number;
}

/** What a caller's request became: work over one video, kept 72 hours after its end (contract/task/_model.yaml). */
export interface TaskFlow {
  id: string;
  appId: string;
  videoId: string;
  kind: 'procedure' | 'transcode';
  status: FlowStatus;
  notifyMode: 'Finish' | 'Change' | 'None';
  /** -10 to 10, higher first. */
  priority: number;
  /** What holds for all sub-tasks, e.g. master playlist wanted. */
  options: Record<string, unknown>;
  errorCode: number;
  message: string;
  createdAt: number;
  startedAt: number | null;
  changedAt: number;
  finishedAt: number | null;
  attempt: number;
  subTasks: SubTask[];
}

export interface NewFlow {
  appId: string;
  videoId: string;
  kind: TaskFlow['kind'];
  notifyMode?: TaskFlow['notifyMode'];
  priority?: number;
  options?: Record<string, unknown>;
  subTasks: { type: string; input: Record<string, unknown> }[];
}

/** What other rooms may ask of tasks; the engine (leases, retries, dispatch) is started by compose.ts. */
export interface Tasks {
  /** Writes a flow in the caller's transaction and returns its id; it is dispatched once that has committed. */
  createFlow(trx: Executor, flow: NewFlow, now: number): Promise<string>;
  /** Unfinished flows of a video. */
  activeFlows(db: Executor, appId: string, videoId: string): Promise<number>;
  /** Ends the unfinished flows of a video as cancelled, and stops their work here and on other workers. */
  cancelFlows(trx: Executor, appId: string, videoId: string, now: number): Promise<void>;
}
