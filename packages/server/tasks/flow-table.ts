import type { Selectable } from 'kysely';
import type { Executor } from '../database/index.ts';
import type { Lane } from './lanes.ts';
import { type FlowRecord, type Lease, LONGEST_WAIT_MS } from './state.ts';
import { type TaskFlowRow, tables } from './tables.ts';
import type { FlowStatus, TaskFlow } from './types.ts';

/** The `task_flows` table: rows to records and back. */

/** A flow that can be started, and how urgent it is. */
export interface Ticket {
  flowId: string;
  /** Higher first. */
  priority: number;
  /** Whose places it may take. */
  lane: Lane;
}

export async function insertFlow(trx: Executor, flow: FlowRecord): Promise<void> {
  await tables(trx).insertInto('task_flows').values(rowOf(flow)).execute();
  await noteVideos(trx, flow);
}

/** Notes the videos that a flow has to do with; once more when it has made one. */
export async function noteVideos(trx: Executor, { id, appId, videoId, sources }: FlowRecord): Promise<void> {
  const videos = new Set(videoId === null ? sources : [videoId, ...sources]);
  if (videos.size === 0) return;
  await tables(trx)
    .insertInto('task_flow_videos')
    .values([...videos].map((video) => ({ flow_id: id, app_id: appId, video_id: video })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function loadFlow(db: Executor, flowId: string): Promise<FlowRecord | null> {
  const row = await tables(db)
    .selectFrom('task_flows')
    .selectAll()
    .where('id', '=', flowId)
    .executeTakeFirst();
  return row ? flowOf(row) : null;
}

/** Writes a changed state; false when another writer was faster. */
export async function saveFlow(trx: Executor, flow: FlowRecord): Promise<boolean> {
  const { id, ...columns } = rowOf({ ...flow, revision: flow.revision + 1 });
  const { numUpdatedRows } = await tables(trx)
    .updateTable('task_flows')
    .set(columns)
    .where('id', '=', id)
    .where('revision', '=', flow.revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Keeps a lease, and notes progress; false when the lease is another's by now. */
export async function renewLease(db: Executor, flow: FlowRecord, lease: Lease): Promise<boolean> {
  const { numUpdatedRows } = await tables(db)
    .updateTable('task_flows')
    .set({
      lease_until: lease.until,
      jobs: JSON.stringify(flow.jobs),
      changed_at: flow.changedAt,
    })
    .where('id', '=', flow.id)
    .where('lease_token', '=', lease.token)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Waiting flows of a lane whose time has come: the most urgent first, then the oldest. */
export async function dueFlows(db: Executor, lane: Lane, now: number, limit: number): Promise<Ticket[]> {
  return (
    tables(db)
      .selectFrom('task_flows')
      .select(['id as flowId', 'priority', 'lane'])
      .where('status', '=', 'waiting')
      .where('lane', '=', lane)
      // As `isDue` has it.
      .where((eb) => eb.or([eb('run_after', '<=', now), eb('run_after', '>', now + LONGEST_WAIT_MS)]))
      .orderBy('priority', 'desc')
      .orderBy('created_at')
      .limit(limit)
      .execute()
  );
}

/** All leases there are: as many as there are workers at work. */
export async function allLeases(db: Executor): Promise<(Ticket & Lease)[]> {
  const rows = await tables(db)
    .selectFrom('task_flows')
    .select(['id as flowId', 'priority', 'lane', 'lease_token', 'lease_until'])
    .where('status', '=', 'processing')
    .execute();
  return rows.map(({ flowId, priority, lane, lease_token, lease_until }) => ({
    flowId,
    priority,
    lane,
    token: lease_token ?? '',
    until: lease_until ?? 0,
  }));
}

/** Unfinished flows that a video has to do with. */
export async function activeFlowsOf(
  db: Executor,
  appId: string,
  videoId: string,
): Promise<{ id: string; status: FlowStatus; isUnasked: boolean }[]> {
  const rows = await tables(db)
    .selectFrom('task_flow_videos as videos')
    .innerJoin('task_flows', 'task_flows.id', 'videos.flow_id')
    .select(['task_flows.id', 'status', 'unasked'])
    .where('videos.app_id', '=', appId)
    .where('videos.video_id', '=', videoId)
    .where('status', '!=', 'finished')
    .execute();
  return rows.map(({ id, status, unasked }) => ({
    id,
    status: status as FlowStatus,
    isUnasked: unasked === 1,
  }));
}

/** See `Tasks.hasTwin`. Options are compared as they are kept, so the order of their fields counts. */
export async function hasTwin(
  db: Executor,
  {
    id,
    appId,
    videoId,
    kind,
    options,
  }: Pick<TaskFlow, 'id' | 'appId' | 'kind' | 'options'> & { videoId: string },
): Promise<boolean> {
  const twin = await tables(db)
    .selectFrom('task_flow_videos as videos')
    .innerJoin('task_flows', 'task_flows.id', 'videos.flow_id')
    .select('task_flows.id')
    .where('videos.app_id', '=', appId)
    .where('videos.video_id', '=', videoId)
    .where('status', '!=', 'finished')
    .where('kind', '=', kind)
    .where('options', '=', JSON.stringify(options))
    .where('task_flows.id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  return twin !== undefined;
}

/** Flows of an application that have not ended, but for the service's own. */
export async function countUnfinished(db: Executor, appId: string): Promise<number> {
  const { flows } = await tables(db)
    .selectFrom('task_flows')
    .select((eb) => eb.fn.countAll<number | string>().as('flows'))
    .where('app_id', '=', appId)
    .where('status', 'in', ['waiting', 'processing'])
    .where('unasked', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(flows);
}

/** Forgets flows that ended before `time`; resolves to how many. */
export async function removeEndedBefore(db: Executor, time: number): Promise<number> {
  await tables(db)
    .deleteFrom('task_flow_videos')
    .where('flow_id', 'in', (eb) => eb.selectFrom('task_flows').select('id').where('finished_at', '<=', time))
    .execute();
  const { numDeletedRows } = await tables(db)
    .deleteFrom('task_flows')
    .where('finished_at', '<=', time)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function rowOf(flow: FlowRecord): TaskFlowRow {
  return {
    id: flow.id,
    app_id: flow.appId,
    video_id: flow.videoId,
    sources: JSON.stringify(flow.sources),
    kind: flow.kind,
    unasked: flow.isUnasked ? 1 : 0,
    lane: flow.lane,
    status: flow.status,
    notify: flow.notify,
    priority: flow.priority,
    options: JSON.stringify(flow.options),
    about: flow.about && JSON.stringify(flow.about),
    jobs: JSON.stringify(flow.jobs),
    failure: flow.failure && JSON.stringify(flow.failure),
    log: flow.log,
    created_at: flow.createdAt,
    started_at: flow.startedAt,
    changed_at: flow.changedAt,
    finished_at: flow.finishedAt,
    run_after: flow.runAfter,
    attempt: flow.attempt,
    faults: flow.faults,
    run: flow.run,
    revision: flow.revision,
    lease_token: flow.lease?.token ?? null,
    lease_until: flow.lease?.until ?? null,
  };
}

export function flowOf(row: Selectable<TaskFlowRow>): FlowRecord {
  return {
    id: row.id,
    appId: row.app_id,
    videoId: row.video_id,
    sources: JSON.parse(row.sources),
    kind: row.kind,
    isUnasked: row.unasked === 1,
    lane: row.lane,
    status: row.status as FlowStatus,
    notify: row.notify as FlowRecord['notify'],
    priority: row.priority,
    options: JSON.parse(row.options),
    about: row.about === null ? null : JSON.parse(row.about),
    failure: row.failure === null ? null : JSON.parse(row.failure),
    log: row.log,
    createdAt: row.created_at,
    startedAt: row.started_at,
    changedAt: row.changed_at,
    finishedAt: row.finished_at,
    attempt: row.attempt,
    faults: row.faults,
    run: row.run,
    jobs: JSON.parse(row.jobs),
    runAfter: row.run_after,
    lease: row.lease_token === null ? null : { token: row.lease_token, until: row.lease_until ?? 0 },
    revision: row.revision,
  };
}
