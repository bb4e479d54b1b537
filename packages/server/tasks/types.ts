import type { Executor } from '../database/index.ts';
import type { CreationFilter } from './creation-list.ts';
import type { Lane } from './lanes.ts';

export type FlowStatus = 'waiting' | 'processing' | 'finished';
export type JobStatus = 'waiting' | 'processing' | 'succeeded' | 'failed';

/** Why a job or a flow failed. */
export interface Failure {
  /** `system`, `cancelled`, or a word of the room that did the work. */
  kind: string;
  /** For people: what is wrong, in words. */
  message: string;
}

/** One piece of work of a flow, e.g. one definition of a transcode. It begins and ends by itself. */
export interface Job {
  index: number;
  /** Which kind of work it is, in the words of the room that does it. */
  type: string;
  input: Record<string, unknown>;
  status: JobStatus;
  /** Null unless it failed. */
  failure: Failure | null;
  /** Present once it succeeded. */
  output: Record<string, unknown> | null;
  /** 0 to 1. */
  progress: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** When the caller wants to be told of a flow: at its end, at every change of a job, never. */
export type Notify = 'end' | 'change' | 'none';

/** What a caller's request became, kept 72 hours after its end (docs/wire/tasks.md). */
export interface TaskFlow {
  id: string;
  appId: string;
  /** The video that its results belong to; null as long as there is none. */
  videoId: string | null;
  /** The videos that it reads; none for one that fetches what it works on. */
  sources: string[];
  /** Which kind of request it was, in the words of the room that made it. */
  kind: string;
  /** The service's own wish: it is in no list, counts for no quota, and nobody waits for it. */
  isUnasked: boolean;
  /** What it needs while it is worked on. */
  lane: Lane;
  status: FlowStatus;
  notify: Notify;
  /** -10 to 10, higher first. */
  priority: number;
  /** What holds for all its jobs, e.g. master playlist wanted. */
  options: Record<string, unknown>;
  /** What was known of its video when it was asked for, for when that is gone; null for nothing. */
  about: Record<string, unknown> | null;
  /** Not null when the flow as a whole failed: none of its jobs succeeded, or it was broken off. */
  failure: Failure | null;
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
  jobs: Job[];
}

export interface NewFlow
  extends Pick<TaskFlow, 'id' | 'appId' | 'kind'>,
    Partial<
      Pick<
        TaskFlow,
        'isUnasked' | 'lane' | 'videoId' | 'sources' | 'notify' | 'priority' | 'options' | 'about'
      >
    > {
  jobs: Pick<Job, 'type' | 'input'>[];
}

/** How a job ended. */
export type Outcome =
  | { index: number; output: Record<string, unknown> }
  | { index: number; failure: Failure };

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

/** What is shown of a flow besides its state: what its event says, or would say now. */
export type FlowDescription = (flow: TaskFlow) => Promise<Record<string, unknown>>;

/** What other rooms may ask of tasks; the engine (leases, retries, dispatch) is started by compose.ts. */
export interface Tasks {
  /** Writes a flow in the caller's transaction; it is dispatched once that has committed. */
  createFlow(trx: Executor, flow: NewFlow, now: number): Promise<void>;
  /**
   * Whether an application may have as many unfinished flows as it has now: to be asked last in a transaction that adds one.
   * @throws Refused `task.quota`
   */
  requireWithinQuota(trx: Executor, appId: string): Promise<void>;
  /** Unfinished flows that somebody asked for and that read a video or make something of it. */
  activeFlows(db: Executor, appId: string, videoId: string): Promise<number>;
  /** Statuses of the unfinished flows of a video that somebody asked for, leaving out one of them. */
  otherActiveStatuses(
    db: Executor,
    flow: Pick<TaskFlow, 'id' | 'appId'>,
    videoId: string,
  ): Promise<FlowStatus[]>;
  /** Whether another unfinished flow of a video is of the same kind and has the same options. */
  hasTwin(
    db: Executor,
    flow: Pick<TaskFlow, 'id' | 'appId' | 'kind' | 'options'> & { videoId: string },
  ): Promise<boolean>;
  /** Ends the unfinished flows of a video as cancelled, and stops their work here and on other workers. */
  cancelFlows(trx: Executor, appId: string, videoId: string, now: number): Promise<void>;
  /** One listener, which knows what flows are about. */
  onChange(listener: FlowListener): void;
  /** Who knows how the result of a flow is shown. */
  describeWith(describe: FlowDescription): void;
}

/** Where to go on in a list of flows. */
export interface FlowCursor {
  createdAt: number;
  id: string;
}

/** What the task actions ask. Flows that ended more than 72 hours before `now` do not exist. */
export interface TaskQueries {
  findFlow(appId: string, flowId: string, now: number): Promise<TaskFlow | null>;
  /** In the order of their creation. */
  listFlows(filter: CreationFilter, now: number): Promise<TaskFlow[]>;
  countFlows(appId: string, now: number): Promise<Record<FlowStatus, number>>;
  /**
   * Makes an ended flow wait again. Resolves to false when there is no such flow, or it has not ended.
   * @throws what the listener has against it, and Refused `task.quota`; then nothing is changed
   */
  redo(appId: string, flowId: string, now: number): Promise<boolean>;
}

/** What a runner may do with the flow that it was given. Every method throws LeaseLostError once it is not ours any more. */
export interface FlowControl {
  /** Aborted when the work is to stop: cancelled, lease lost, or the engine stops. */
  signal: AbortSignal;
  /** These jobs are being worked on now. */
  started(indexes: readonly number[]): Promise<void>;
  /** `fraction` is 0 to 1. Written about once a second, so it may be called as often as one likes. */
  progress(index: number, fraction: number): void;
  /**
   * These jobs have ended; with the last of its jobs the flow has too. `within` writes what else is the result, in the
   * same transaction; it may run more than once. When the lease is lost, nothing of it is written.
   */
  ended(outcomes: readonly Outcome[], more?: EndOptions): Promise<void>;
  /**
   * Repeats work until no outage (store, database, room on the disk) stops it, for hours if need be, while the flow stays ours: for
   * what would be a pity to throw away. `work` may run many times.
   * @throws what `work` throws for other reasons; the signal's reason
   */
  waitOut<T>(work: () => Promise<T>): Promise<T>;
}

export interface EndOptions {
  within?: (trx: Executor) => Promise<void>;
  /** For the operator: the last words of the tool that failed. */
  log?: string;
  /** The video that `within` makes of the flow: from now on it is what the flow is about. */
  videoId?: string;
}

/** Does the work of a flow. */
export interface FlowRunner {
  /**
   * Works on the jobs that have not ended until all have. An outage (`outageOf`) that it throws is waited for, however often; whatever
   * else it throws is taken for a passing fault and tried again, a limited number of times; faults that will not pass are outcomes.
   */
  run(flow: TaskFlow, control: FlowControl): Promise<void>;
  /** Removes what the last start of a flow, given up, may have left behind. */
  discard(flow: TaskFlow): Promise<void>;
}
