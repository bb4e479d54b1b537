import type { Failure, Job, NewFlow, Outcome, TaskFlow } from './types.ts';

/**
 * The state machine of a flow and its jobs: pure functions from one state to the next.
 *
 *     create → waiting ── claim ──→ processing ── end of the last job, fail ──→ finished ── redo ──→ waiting
 *                 ↑                   │    ↑ └─ claim (lease over)                ↑
 *                 └── retry, release ─┘                             cancel, from waiting or processing
 *
 * A job that has ended stays so until the flow is redone: a flow that is started again goes on with the others.
 * A step that its state does not allow throws.
 */

/** Nobody waits for longer before a flow is started again, ms. */
export const LONGEST_WAIT_MS = 5 * 60_000;
/** No lease is longer, ms. */
export const LONGEST_LEASE_MS = 5 * 60_000;

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

export function create(flow: NewFlow, now: number): FlowRecord {
  return {
    id: flow.id,
    appId: flow.appId,
    videoId: flow.videoId ?? null,
    sources: flow.sources ?? [],
    kind: flow.kind,
    isUnasked: flow.isUnasked ?? false,
    lane: flow.lane ?? 'work',
    status: 'waiting',
    notify: flow.notify ?? 'end',
    priority: flow.priority ?? 0,
    options: flow.options ?? {},
    about: flow.about ?? null,
    failure: null,
    log: '',
    createdAt: now,
    startedAt: null,
    changedAt: now,
    finishedAt: null,
    attempt: 0,
    faults: 0,
    run: 0,
    jobs: flow.jobs.map((job, index) => waiting({ ...job, index })),
    runAfter: now,
    lease: null,
    revision: 0,
  };
}

/** Takes a flow that waits, or one whose worker is gone (`leaseOver`). */
export function claim(flow: FlowRecord, lease: Lease, leaseOver: boolean, now: number): FlowRecord {
  const free =
    flow.status === 'waiting' ? isDue(flow.runAfter, now) : flow.status === 'processing' && leaseOver;
  if (!free) throw new IllegalStep('claim', flow);
  return {
    ...flow,
    status: 'processing',
    startedAt: now,
    changedAt: now,
    attempt: flow.attempt + 1,
    run: flow.run + 1,
    jobs: flow.jobs.map(waitingUnlessEnded),
    lease,
  };
}

/** These jobs are being worked on. */
export function start(flow: FlowRecord, indexes: readonly number[], now: number): FlowRecord {
  mustBeProcessing('start', flow);
  const jobs = flow.jobs.map((job) =>
    indexes.includes(job.index) && job.status === 'waiting'
      ? { ...job, status: 'processing' as const, startedAt: now }
      : job,
  );
  return { ...flow, changedAt: now, jobs };
}

/** Progress never goes back; of a job that is not being worked on it is not kept. */
export function advance(flow: FlowRecord, progress: ReadonlyMap<number, number>, now: number): FlowRecord {
  mustBeProcessing('advance', flow);
  const jobs = flow.jobs.map((job) => {
    const fraction = progress.get(job.index);
    if (fraction === undefined || job.status !== 'processing') return job;
    return { ...job, progress: Math.min(1, Math.max(job.progress, fraction || 0)) };
  });
  return { ...flow, changedAt: now, jobs };
}

/** Ends jobs, and with the last of them the flow. It failed as a whole when it had jobs and none succeeded. */
export function end(
  flow: FlowRecord,
  outcomes: readonly Outcome[],
  { log = flow.log, videoId = flow.videoId }: { log?: string; videoId?: string | null },
  now: number,
): FlowRecord {
  mustBeProcessing('end', flow);
  const byIndex = new Map(outcomes.map((outcome) => [outcome.index, outcome]));
  const jobs = flow.jobs.map((job) => {
    const outcome = byIndex.get(job.index);
    return outcome && !hasEnded(job) ? ended(job, outcome, now) : job;
  });
  const next = { ...flow, videoId, jobs, log, changedAt: now };
  if (!jobs.every(hasEnded)) return next;
  const failed = jobs.find(({ status }) => status === 'failed');
  const isLost = failed !== undefined && jobs.every(({ status }) => status === 'failed');
  return finish(next, isLost ? failed.failure : null, now);
}

/** Breaks a flow off: it ends, and what has not ended of its jobs, with one failure. */
export function fail(flow: FlowRecord, failure: Failure, log: string, now: number): FlowRecord {
  if (flow.status === 'finished') throw new IllegalStep('fail', flow);
  const jobs = flow.jobs.map((job) => (hasEnded(job) ? job : ended(job, { index: job.index, failure }, now)));
  return finish({ ...flow, jobs, log }, failure, now);
}

/** After a passing fault: waits until `runAfter` and is then started again. */
export function retry(flow: FlowRecord, runAfter: number, log: string, now: number): FlowRecord {
  mustBeProcessing('retry', flow);
  return wait({ ...flow, faults: flow.faults + 1, log }, runAfter, now);
}

/** Given back by a worker that stops, or that has met an outage: this start does not count as an attempt. */
export function release(flow: FlowRecord, runAfter: number, now: number): FlowRecord {
  mustBeProcessing('release', flow);
  return wait({ ...flow, attempt: flow.attempt - 1 }, runAfter, now);
}

/** Runs an ended flow again, as if it were new. */
export function redo(flow: FlowRecord, now: number): FlowRecord {
  if (flow.status !== 'finished') throw new IllegalStep('redo', flow);
  const again = {
    ...flow,
    attempt: 0,
    faults: 0,
    failure: null,
    log: '',
    startedAt: null,
    finishedAt: null,
    jobs: flow.jobs.map(waiting),
  };
  return wait(again, now, now);
}

/** Whether a flow may be started. What would wait for longer than anything does was put off before the clock went back. */
export function isDue(runAfter: number, now: number): boolean {
  return runAfter <= now || runAfter > now + LONGEST_WAIT_MS;
}

/** How long to wait after so many faults, ms: doubles with each, up to LONGEST_WAIT_MS. */
export function backOffMs(faults: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, faults - 1), LONGEST_WAIT_MS);
}

export function hasEnded({ status }: Pick<Job, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed';
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
  const jobs = flow.jobs.map(waitingUnlessEnded);
  return { ...flow, status: 'waiting', changedAt: now, jobs, runAfter, lease: null };
}

function finish(flow: FlowRecord, failure: Failure | null, now: number): FlowRecord {
  return { ...flow, status: 'finished', failure, changedAt: now, finishedAt: now, lease: null };
}

function waitingUnlessEnded(job: Job): Job {
  return hasEnded(job) ? job : waiting(job);
}

function waiting({ index, type, input }: Pick<Job, 'index' | 'type' | 'input'>): Job {
  return {
    ...{ index, type, input, status: 'waiting', failure: null, output: null },
    ...{ progress: 0, startedAt: null, endedAt: null },
  };
}

function ended(job: Job, outcome: Outcome, now: number): Job {
  if ('output' in outcome) {
    return { ...job, status: 'succeeded', failure: null, output: outcome.output, progress: 1, endedAt: now };
  }
  return { ...job, status: 'failed', failure: outcome.failure, output: null, endedAt: now };
}
