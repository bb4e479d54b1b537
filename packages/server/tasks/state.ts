import type { NewFlow, Outcome, SubTask, TaskFlow } from './types.ts';

/**
 * The state machine of a flow and its sub-tasks: pure functions from one state to the next.
 *
 *     create → waiting ── claim ──→ processing ── complete, fail ──→ finished ── redo ──→ waiting
 *                 ↑                   │    ↑ └─ claim (lease over)       ↑
 *                 └── retry, release ─┘                    cancel, from waiting or processing
 *
 * A step that its state does not allow throws.
 */

/** A flow with what only the engine needs to know. */
export interface FlowRecord extends TaskFlow {
  /** Attempts that ended with a passing fault; the others lost their worker. */
  faults: number;
  /** Not to be started before this time, ms since the epoch. */
  runAfter: number;
  /** Who works on it; null unless processing. */
  lease: Lease | null;
  /** Counts the writes of a changed state. */
  revision: number;
}

export interface Lease {
  token: string;
  /** ms since the epoch. */
  until: number;
}

/** contract/processing-error-codes.yaml, `related`: system failure or unknown. */
export const SYSTEM_FAILURE = 30010;

export function create(id: string, flow: NewFlow, now: number): FlowRecord {
  return {
    id,
    appId: flow.appId,
    videoId: flow.videoId,
    kind: flow.kind,
    status: 'waiting',
    notifyMode: flow.notifyMode ?? 'Finish',
    priority: flow.priority ?? 0,
    options: flow.options ?? {},
    errorCode: 0,
    message: '',
    log: '',
    createdAt: now,
    startedAt: null,
    changedAt: now,
    finishedAt: null,
    attempt: 0,
    faults: 0,
    run: 0,
    subTasks: flow.subTasks.map((subTask, index) => waiting({ ...subTask, index })),
    runAfter: now,
    lease: null,
    revision: 0,
  };
}

/** Takes a flow that waits, or one whose worker is gone (`leaseOver`). */
export function claim(flow: FlowRecord, lease: Lease, leaseOver: boolean, now: number): FlowRecord {
  const free = flow.status === 'waiting' ? flow.runAfter <= now : flow.status === 'processing' && leaseOver;
  if (!free) throw new IllegalStep('claim', flow);
  return {
    ...flow,
    status: 'processing',
    startedAt: now,
    changedAt: now,
    attempt: flow.attempt + 1,
    run: flow.run + 1,
    subTasks: flow.subTasks.map(waiting),
    lease,
  };
}

/** These sub-tasks are being worked on. */
export function start(flow: FlowRecord, indexes: readonly number[], now: number): FlowRecord {
  mustBeProcessing('start', flow);
  const subTasks = flow.subTasks.map((subTask) =>
    indexes.includes(subTask.index) ? { ...subTask, status: 'processing' as const } : subTask,
  );
  return { ...flow, changedAt: now, subTasks };
}

/** Progress never goes back; of a sub-task that was not started it is not kept. */
export function advance(flow: FlowRecord, progress: ReadonlyMap<number, number>, now: number): FlowRecord {
  mustBeProcessing('advance', flow);
  const subTasks = flow.subTasks.map((subTask) => {
    const fraction = progress.get(subTask.index);
    if (fraction === undefined || subTask.status !== 'processing') return subTask;
    return { ...subTask, progress: Math.min(1, Math.max(subTask.progress, fraction || 0)) };
  });
  return { ...flow, changedAt: now, subTasks };
}

/** Ends the flow. It failed as a whole when it had sub-tasks and none succeeded. */
export function complete(
  flow: FlowRecord,
  outcomes: readonly Outcome[],
  log: string,
  now: number,
): FlowRecord {
  mustBeProcessing('complete', flow);
  const byIndex = new Map(outcomes.map((outcome) => [outcome.index, outcome]));
  const subTasks = flow.subTasks.map((subTask) => {
    const outcome = byIndex.get(subTask.index);
    if (outcome === undefined) throw new Error(`no outcome for sub-task ${subTask.index} of ${flow.id}`);
    return ended(subTask, outcome);
  });
  const failed = subTasks.find((subTask) => subTask.status === 'failed');
  const whole = subTasks.some((subTask) => subTask.status === 'succeeded') ? undefined : failed;
  return finish({ ...flow, subTasks, log }, whole?.errorCode ?? 0, whole?.message ?? '', now);
}

/** Ends the flow and all its sub-tasks with one fault. */
export function fail(
  flow: FlowRecord,
  fault: { errorCode: number; message: string; log: string },
  now: number,
): FlowRecord {
  if (flow.status === 'finished') throw new IllegalStep('fail', flow);
  const { errorCode, message, log } = fault;
  const subTasks = flow.subTasks.map((subTask) =>
    ended(subTask, { index: subTask.index, errorCode, message }),
  );
  return finish({ ...flow, subTasks, log }, errorCode, message, now);
}

/** After a passing fault: waits until `runAfter` and is then started again from the beginning. */
export function retry(flow: FlowRecord, runAfter: number, log: string, now: number): FlowRecord {
  mustBeProcessing('retry', flow);
  return wait({ ...flow, faults: flow.faults + 1, log }, runAfter, now);
}

/** Given back by a worker that stops: this start does not count as an attempt. */
export function release(flow: FlowRecord, now: number): FlowRecord {
  mustBeProcessing('release', flow);
  return wait({ ...flow, attempt: flow.attempt - 1 }, now, now);
}

/** Runs an ended flow again, as if it were new. */
export function redo(flow: FlowRecord, now: number): FlowRecord {
  if (flow.status !== 'finished') throw new IllegalStep('redo', flow);
  const again = {
    ...flow,
    attempt: 0,
    faults: 0,
    errorCode: 0,
    message: '',
    log: '',
    startedAt: null,
    finishedAt: null,
  };
  return wait(again, now, now);
}

/** How long to wait after so many faults, ms: doubles with each, 5 minutes at most. */
export function backOffMs(faults: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, faults - 1), 5 * 60_000);
}

/** A step that the flow's state does not allow. */
export class IllegalStep extends Error {
  override name = 'IllegalStep';

  constructor(step: string, flow: FlowRecord) {
    super(`${step}: flow ${flow.id} is ${flow.status}`);
  }
}

function mustBeProcessing(step: string, flow: FlowRecord): void {
  if (flow.status !== 'processing') throw new IllegalStep(step, flow);
}

function wait(flow: FlowRecord, runAfter: number, now: number): FlowRecord {
  return {
    ...flow,
    status: 'waiting',
    changedAt: now,
    subTasks: flow.subTasks.map(waiting),
    runAfter,
    lease: null,
  };
}

function finish(flow: FlowRecord, errorCode: number, message: string, now: number): FlowRecord {
  return { ...flow, status: 'finished', errorCode, message, changedAt: now, finishedAt: now, lease: null };
}

function waiting({ index, type, input }: Pick<SubTask, 'index' | 'type' | 'input'>): SubTask {
  return { index, type, input, status: 'waiting', errorCode: 0, message: '', output: null, progress: 0 };
}

function ended(subTask: SubTask, outcome: Outcome): SubTask {
  if ('output' in outcome) {
    return {
      ...subTask,
      status: 'succeeded',
      errorCode: 0,
      message: '',
      output: outcome.output,
      progress: 1,
    };
  }
  const { errorCode, message } = outcome;
  return { ...subTask, status: 'failed', errorCode, message, output: null };
}
