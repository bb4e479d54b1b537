import type { Clock } from '../common/clocks/clock.ts';
import { ownerIsGone } from '../common/leftovers/owner.ts';
import type { Logger } from '../common/log.ts';
import type { Database, Executor } from '../database/index.ts';
import { countByStatus, listByCreation } from './creation-list.ts';
import {
  activeFlowsOf,
  allLeases,
  dueFlows,
  hasTwin,
  insertFlow,
  loadFlow,
  noteVideos,
  removeEndedBefore,
  renewLease,
  saveFlow,
  type Ticket,
} from './flow-table.ts';
import { LANES } from './lanes.ts';
import { isTooLong, LongLeases } from './long-leases.ts';
import { requireWithinQuota, type TaskQuota } from './quota.ts';
import type { FlowRecord, Lease } from './state.ts';
import * as state from './state.ts';
import type { FlowListener, TaskFlow, TaskQueries, Tasks } from './types.ts';

/** Ended flows can be asked for so long, ms (docs/wire/tasks.md). */
const RETENTION_MS = 72 * 3600_000;

/** Tickets of a lane handed to a dispatcher at a time; more would only wait there instead of in the table. */
const TICKETS = 100;

/** The flow is not ours any more: cancelled, or taken over because the lease ran out. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

type EndListener = (flow: Pick<TaskFlow, 'kind' | 'failure'>) => void;

/** What the engine asks of the flows; `createFlows` returns it together with what other rooms ask. */
export interface FlowStore {
  /** Takes a flow for `lease.token`; null when it is not free. */
  claim(flowId: string, lease: Lease, now: number): Promise<FlowRecord | null>;
  /**
   * Moves a flow that `token` holds to its next state, together with what `within` writes, and tells the listener.
   * @throws LeaseLostError, and then nothing is written
   */
  change(
    flowId: string,
    token: string,
    step: (flow: FlowRecord) => FlowRecord,
    now: number,
    within?: (trx: Executor) => Promise<void>,
  ): Promise<FlowRecord>;
  /** Keeps the lease and writes progress; false when it is lost. */
  renew(flow: FlowRecord, lease: Lease): Promise<boolean>;
  /** What can be started: waiting flows whose time has come, and those whose worker is gone. */
  startable(now: number): Promise<{ due: Ticket[]; abandoned: Ticket[] }>;
  /** The tokens that hold a lease now. */
  heldTokens(): Promise<Set<string>>;
  /** Forgets flows past their retention. */
  prune(now: number): Promise<void>;
  /** Called when a flow was created, cancelled or redone, before that commits. */
  onNews(listener: () => void): void;
  /** Called when a worker of this process has ended a flow, after that committed; its `failure` is null when it succeeded. */
  onEnded(listener: EndListener): void;
}

/** The task room: flows and their states. Work on them is done by `createEngine`. */
export function createFlows(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  /** No limit when left out. */
  quota?: TaskQuota | undefined;
}): Omit<Tasks, 'describeWith'> & TaskQueries & FlowStore {
  const { database, quota = async () => null } = deps;
  const { db } = database;
  let tell: FlowListener = async () => {};
  let news = () => {};
  let ended: EndListener = () => {};
  const longLeases = new LongLeases();

  /**
   * One change of state. What is told of it comes first, because a listener may lock rows of its own (the video's)
   * before the flow's; everybody who locks both does it in this order.
   */
  async function move(trx: Executor, before: FlowRecord, after: FlowRecord, now: number): Promise<void> {
    await tell(trx, before, after, now);
    if (!(await saveFlow(trx, after))) throw new LeaseLostError(`flow ${after.id} was changed meanwhile`);
    if (after.videoId !== before.videoId) await noteVideos(trx, after);
  }

  /**
   * Tries until nobody changes the flow in between: a deletion must not fail because a worker was just at it. It holds the
   * video's lock already, so the flow may be written first.
   */
  async function cancel(trx: Executor, id: string, now: number): Promise<void> {
    const failure = { kind: 'cancelled', message: 'cancelled: the video was deleted' };
    for (;;) {
      const flow = await loadFlow(trx, id);
      if (!flow || flow.status === 'finished') return;
      const cancelled = state.fail(flow, failure, '', now);
      if (await saveFlow(trx, cancelled)) return tell(trx, flow, cancelled, now);
    }
  }

  return {
    async createFlow(trx, newFlow, now) {
      const flow = state.create(newFlow, now);
      await tell(trx, null, flow, now);
      await insertFlow(trx, flow);
      news();
    },

    requireWithinQuota: (trx, appId) => requireWithinQuota(trx, quota, appId),

    async activeFlows(executor, appId, videoId) {
      const active = await activeFlowsOf(executor, appId, videoId);
      return active.filter(({ isUnasked }) => !isUnasked).length;
    },

    async otherActiveStatuses(executor, flow, videoId) {
      const active = await activeFlowsOf(executor, flow.appId, videoId);
      return active.filter(({ id, isUnasked }) => id !== flow.id && !isUnasked).map(({ status }) => status);
    },

    hasTwin: (executor, flow) => hasTwin(executor, flow),

    async cancelFlows(trx, appId, videoId, now) {
      for (const { id } of await activeFlowsOf(trx, appId, videoId)) await cancel(trx, id, now);
      news();
    },

    onChange(listener) {
      tell = listener;
    },

    async findFlow(appId, id, now) {
      const flow = await loadFlow(db, id);
      return flow && isVisible(flow, appId, now) ? flow : null;
    },

    listFlows: (filter, now) => listByCreation(db, filter, now - RETENTION_MS),

    countFlows: (appId, now) => countByStatus(db, appId, now - RETENTION_MS),

    async redo(appId, id, now) {
      const redone = await database.transaction(async (trx) => {
        const flow = await loadFlow(trx, id);
        if (!flow || !isVisible(flow, appId, now) || flow.status !== 'finished') return false;
        await move(trx, flow, state.redo(flow, now), now);
        await requireWithinQuota(trx, quota, appId);
        return true;
      });
      if (redone) news();
      return redone;
    },

    async claim(id, lease, now) {
      try {
        return await database.transaction(async (trx) => {
          const flow = await loadFlow(trx, id);
          if (!flow) return null;
          const over = flow.lease !== null && (isOver(flow.lease, now) || isTooLong(flow.lease, now));
          const claimed = state.claim(flow, lease, over, now);
          await move(trx, flow, claimed, now);
          return { ...claimed, revision: claimed.revision + 1 };
        });
      } catch (error) {
        if (error instanceof state.IllegalStep || error instanceof LeaseLostError) return null;
        throw error;
      }
    },

    async change(id, token, step, now, within) {
      const changed = await database.transaction(async (trx) => {
        await within?.(trx);
        const flow = await loadFlow(trx, id);
        if (flow?.lease?.token !== token) throw new LeaseLostError(`flow ${id} is not ours any more`);
        const after = step(flow);
        await move(trx, flow, after, now);
        return { ...after, revision: after.revision + 1 };
      });
      if (changed.status === 'finished') ended(changed);
      return changed;
    },

    renew: (flow, lease) => renewLease(db, flow, lease),

    async startable(now) {
      const [leases, ...due] = await Promise.all([
        allLeases(db),
        ...LANES.map((lane) => dueFlows(db, lane, now, TICKETS)),
      ]);
      const ticket = ({ flowId, priority, lane }: Ticket) => ({ flowId, priority, lane });
      const tooLong = longLeases.nobodys(leases, now);
      const abandoned = [...leases.filter((lease) => isOver(lease, now)), ...tooLong];
      return { due: due.flat().map(ticket), abandoned: abandoned.map(ticket) };
    },

    heldTokens: async () => new Set((await allLeases(db)).map(({ token }) => token)),

    async prune(now) {
      const removed = await removeEndedBefore(db, now - RETENTION_MS);
      if (removed > 0) deps.log.debug({ removed }, 'old tasks forgotten');
    },

    onNews(listener) {
      news = listener;
    },

    onEnded(listener) {
      ended = listener;
    },
  };
}

/** Over by time, or because the process that held it has ended. */
function isOver(lease: Lease, now: number): boolean {
  return lease.until <= now || ownerIsGone(lease.token.split('/')[0]!);
}

function isVisible(flow: TaskFlow, appId: string, now: number): boolean {
  if (flow.isUnasked) return false;
  return flow.appId === appId && (flow.finishedAt === null || flow.finishedAt > now - RETENTION_MS);
}
