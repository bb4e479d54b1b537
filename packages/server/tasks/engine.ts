import type { Clock } from '../common/clocks/clock.ts';
import type { DiskRoom } from '../common/data-folder/data-folder.ts';
import { outageOf } from '../common/faults/outage.ts';
import { randomHex } from '../common/ids.ts';
import { ownerName } from '../common/leftovers/owner.ts';
import type { Logger } from '../common/log.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type FlowStore, LeaseLostError } from './flows.ts';
import { HeldFlow } from './held-flow.ts';
import { LANES, type Lane, type Places } from './lanes.ts';
import { type OngoingOutage, Outages } from './outages.ts';
import { Pacer } from './pacer.ts';
import { RoomToWork } from './room-to-work.ts';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';
import type { FlowRunner } from './types.ts';

const PRUNE_EVERY_MS = 3600_000;
/** Holders that could not renew their leases during an outage get so long for it before others take their flows, ms. */
const GRACE_MS = 5000;
/** The operator sees the last words, not a book. */
const LOG_CHARACTERS = 8192;

export interface EngineOptions {
  /** Flows worked on at once in this process; with none it only sees to it that others get them. */
  places: Places;
  /** Where the work is done; while it has no room, none is begun. */
  disk?: DiskRoom;
  /** How long a flow stays with a worker that is not heard of, ms. */
  leaseMs?: number;
  /** How often the table is looked at, ms. */
  sweepMs?: number;
  /** With so many faults a flow has failed. */
  maxFaults?: number;
  /** A flow whose worker was killed so often is taken for the reason. */
  maxAttempts?: number;
  /** Wait after the first fault, ms; doubles from there. */
  retryMs?: number;
  /** First wait for the end of an outage, ms; half as long as it has lasted from there, 30 s at most. */
  outageMs?: number;
}

export interface Engine {
  /** Begins with what is unfinished in the table. */
  start(): Promise<void>;
  /** Aborts what runs and gives it back; others, or the next start, go on with it. */
  stop(): Promise<void>;
  /** What the tasks of this process wait for now. */
  outages(): OngoingOutage[];
  /** How many flows of each lane this process works on now. */
  running(): Record<Lane, number>;
}

class StoppingError extends Error {
  override name = 'StoppingError';
}

/** Sees to it that every flow gets a worker, and finishes once. */
export function createEngine(
  deps: {
    tasks: FlowStore;
    dispatcher: Dispatcher;
    runner: FlowRunner;
    clock: Clock;
    log: Logger;
  } & EngineOptions,
): Engine {
  const { tasks, dispatcher, runner, clock, log, places } = deps;
  const { leaseMs = 30_000, sweepMs = 2000, maxFaults = 3, maxAttempts = 10, retryMs = 5000 } = deps;
  // bounded by: `places`
  const held = new Map<string, HeldFlow>();
  const outages = new Outages(log, deps.outageMs);
  const pacer = new Pacer(sweep, sweepMs);
  const room = new RoomToWork(deps.disk);
  let stopping = false;
  /** No lease counts as over before this time of the monotonic clock, ms. */
  let leasesRestUntil = Number.NEGATIVE_INFINITY;
  let prunedAt = Number.NEGATIVE_INFINITY;

  /** Sends tickets for what can be started, and stops the work on what is not ours any more. */
  async function sweep(): Promise<void> {
    const askedAt = performance.now();
    try {
      const now = clock();
      const working = [...held.values()];
      const tokens = working.length > 0 ? await tasks.heldTokens() : null;
      for (const flow of working) {
        if (!tokens?.has(flow.token)) flow.stop(new LeaseLostError('the task was cancelled or taken over'));
      }
      const startable = await tasks.startable(now);
      outages.over('database');
      // Whoever waited for an answer was not alone in it.
      if (performance.now() - askedAt > GRACE_MS) leasesRestUntil = performance.now() + GRACE_MS;
      await dispatcher.send([
        ...(performance.now() < leasesRestUntil ? [] : startable.abandoned),
        ...startable.due,
      ]);
      if (now - prunedAt < PRUNE_EVERY_MS) return;
      prunedAt = now;
      await tasks.prune(now);
    } catch (error) {
      leasesRestUntil = performance.now() + GRACE_MS;
      report(error, 'the task table could not be looked at');
    }
  }

  /** An outage is told rarely, whoever meets it; anything else is a fault of ours. */
  function report(error: unknown, message: string, about: object = {}): void {
    const outage = outageOf(error);
    if (outage === null) log.error({ err: error, ...about }, message);
    else outages.meet(outage, error);
  }

  async function work(flowId: string): Promise<void> {
    try {
      await room.wait();
      if (stopping) return;
      const now = clock();
      const token = `${ownerName()}/${randomHex(8)}`;
      const flow = await tasks.claim(flowId, { token, until: now + leaseMs }, now);
      if (!flow) return;
      const hold = new HeldFlow(flow, { store: tasks, clock, log, outages, leaseMs });
      held.set(token, hold);
      try {
        if (stopping) hold.stop(new StoppingError('the engine stops'));
        await attempt(flow, hold);
      } finally {
        hold.close();
        held.delete(token);
      }
    } catch (error) {
      if (error instanceof LeaseLostError) log.info({ flow: flowId }, error.message);
      // The lease runs out, and the flow is started again.
      else report(error, 'a task could not be worked on', { flow: flowId });
    }
  }

  async function attempt(flow: FlowRecord, hold: HeldFlow): Promise<void> {
    const about = { flow: flow.id, video: flow.videoId ?? undefined, attempt: flow.attempt };
    const startedAt = clock();
    if (flow.attempt > maxAttempts) {
      await runner.discard(flow);
      await giveUp(hold, flow, new Error(`its worker was lost ${maxAttempts} times`));
      return;
    }
    try {
      log.info(about, 'task started');
      await runner.run(flow, hold);
      if (!hold.finished) throw new Error('the runner ended before all jobs had');
      if (hold.succeeded) for (const { outage } of outages.ongoing()) outages.over(outage);
      log.info({ ...about, ms: clock() - startedAt }, 'task finished');
    } catch (error) {
      const fault = hold.signal.aborted ? hold.signal.reason : error;
      if (hold.finished) log.warn({ err: error, ...about }, 'a fault after the task was finished');
      else if (fault instanceof LeaseLostError) log.info(about, fault.message);
      else if (fault instanceof StoppingError) await giveBack(hold, 0);
      else if (outageOf(fault) !== null) await giveBack(hold, outages.meet(outageOf(fault)!, fault));
      else if (flow.faults + 1 >= maxFaults) await giveUp(hold, flow, fault);
      else await tryAgain(hold, flow, fault);
    }
  }

  /** Not the task's fault: it waits, and this start was none. */
  async function giveBack(hold: HeldFlow, waitMs: number): Promise<void> {
    await hold.change((held) => state.release(held, clock() + waitMs, clock()));
  }

  async function tryAgain(hold: HeldFlow, flow: FlowRecord, fault: unknown): Promise<void> {
    const waitMs = state.backOffMs(flow.faults + 1, retryMs);
    log.warn(
      { err: fault, flow: flow.id, attempt: flow.attempt, waitMs },
      'a task failed and is tried again',
    );
    const now = clock();
    await hold.change((held) => state.retry(held, now + waitMs, lastWords(fault), now));
  }

  async function giveUp(hold: HeldFlow, flow: FlowRecord, fault: unknown): Promise<void> {
    // The caller learns that it was us; what exactly is the operator's business.
    const failure = { kind: 'system', message: 'system failure' };
    const words = lastWords(fault);
    await hold.change((held) => state.fail(held, failure, words, clock()));
    const reason = fault instanceof Error ? fault.message : String(fault);
    const about = { flow: flow.id, video: flow.videoId, code: failure.kind, reason, log: words };
    log.warn({ err: fault, ...about }, 'a task failed');
  }

  return {
    async start() {
      await dispatcher.start(work, places);
      tasks.onNews(() => pacer.wake());
      pacer.wake();
    },
    async stop() {
      stopping = true;
      room.stop();
      tasks.onNews(() => {});
      await pacer.stop();
      for (const flow of held.values()) flow.stop(new StoppingError('the engine stops'));
      await dispatcher.stop();
    },
    outages: () => outages.ongoing(),
    running() {
      const lanes = [...held.values()].map(({ lane }) => lane);
      const counts = LANES.map((lane) => [lane, lanes.filter((one) => one === lane).length]);
      return Object.fromEntries(counts) as Record<Lane, number>;
    },
  };
}

/** What a fault has to say: the output of the tool that failed, else its stack. */
function lastWords(fault: unknown): string {
  const words = fault instanceof Error ? ((fault as { log?: string }).log ?? fault.stack ?? '') : '';
  return (words || String(fault)).slice(-LOG_CHARACTERS);
}
