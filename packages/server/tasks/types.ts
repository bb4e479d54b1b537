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
  /** Not 0 when the flow as a whole failed: none of its sub-tasks succeeded. */
  errorCode: number;
  message: string;
  /** For the operator: the last words of the tool that failed. */
  log: string;
  createdAt: number;
  startedAt: number | null;
  changedAt: number;
  finishedAt: number | null;
  /** How often it was started since it was created or redone. */
  attempt: number;
  /** How often it was ever started: never the same number twice, so it can name what one start makes. */
  run: number;
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

/** How a sub-task ended: with an output, or with a code of contract/processing-error-codes.yaml. */
export type Outcome =
  | { index: number; output: Record<string, unknown> }
  | { index: number; errorCode: number; message: string };

/**
 * Told of every change of a flow's state, in the transaction that makes it; progress is no such change.
 * `before` is null for a new flow. Only the transaction's own writes may be made: it can be rolled back.
 */
export type FlowListener = (
  trx: Executor,
  before: TaskFlow | null,
  after: TaskFlow,
  now: number,
) => Promise<void>;

/** What other rooms may ask of tasks; the engine (leases, retries, dispatch) is started by compose.ts. */
export interface Tasks {
  /** Writes a flow in the caller's transaction and returns its id; it is dispatched once that has committed. */
  createFlow(trx: Executor, flow: NewFlow, now: number): Promise<string>;
  /** Unfinished flows of a video. */
  activeFlows(db: Executor, appId: string, videoId: string): Promise<number>;
  /** Statuses of the unfinished flows of a video, leaving out one of them. */
  otherActiveStatuses(db: Executor, flow: Pick<TaskFlow, 'id' | 'appId' | 'videoId'>): Promise<FlowStatus[]>;
  /** Ends the unfinished flows of a video as cancelled, and stops their work here and on other workers. */
  cancelFlows(trx: Executor, appId: string, videoId: string, now: number): Promise<void>;
  /** One listener, which knows what flows are about. */
  onChange(listener: FlowListener): void;
}

/** Where to go on in a list of flows, newest first. */
export interface FlowCursor {
  createdAt: number;
  id: string;
}

/** What the task actions ask. Flows that ended more than 72 hours before `now` do not exist. */
export interface TaskQueries {
  findFlow(appId: string, flowId: string, now: number): Promise<TaskFlow | null>;
  /** Newest first. */
  listFlows(
    filter: { appId: string; status: FlowStatus; videoId?: string; after?: FlowCursor; limit: number },
    now: number,
  ): Promise<TaskFlow[]>;
  /** Makes an ended flow wait again. Resolves to false when there is no such flow, or it has not ended. */
  redo(appId: string, flowId: string, now: number): Promise<boolean>;
}

/** What a runner may do with the flow that it was given. Every method throws LeaseLostError once it is not ours any more. */
export interface FlowControl {
  /** Aborted when the work is to stop: cancelled, lease lost, or the engine stops. */
  signal: AbortSignal;
  /** These sub-tasks are being worked on now. */
  started(indexes: readonly number[]): Promise<void>;
  /** `fraction` is 0 to 1. Written about once a second, so it may be called as often as one likes. */
  progress(index: number, fraction: number): void;
  /**
   * Ends the flow. Every sub-task needs an outcome. `within` writes what else is the result, in the same transaction;
   * it may run more than once. When the lease is lost, nothing of it is written.
   */
  complete(
    outcomes: readonly Outcome[],
    within?: (trx: Executor) => Promise<void>,
    log?: string,
  ): Promise<void>;
}

/** Does the work of a flow. */
export interface FlowRunner {
  /**
   * Works until it has called `control.complete`. Whatever it throws is taken for a passing fault and tried again, a
   * limited number of times; faults that will not pass are outcomes.
   */
  run(flow: TaskFlow, control: FlowControl): Promise<void>;
  /** Removes what the last start of a flow, given up, may have left behind. */
  discard(flow: TaskFlow): Promise<void>;
}
