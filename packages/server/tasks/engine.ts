import type { Clock } from '../common/clock.ts';
import { randomHex } from '../common/ids.ts';
import type { Logger } from '../common/log.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type FlowStore, LeaseLostError } from './flows.ts';
import { HeldFlow } from './held-flow.ts';
import { ownerName } from './owner.ts';
import { Pacer } from './pacer.ts';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';
import type { FlowRunner } from './types.ts';

const PRUNE_EVERY_MS = 3600_000;
/** The operator sees the last words, not a book. */
const LOG_CHARACTERS = 8192;

export interface EngineOptions {
  /** Flows worked on at once in this process; 0 only sees to it that others get them. */
  concurrency: number;
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
}

export interface Engine {
  /** Begins with what is unfinished in the table. */
  start(): Promise<void>;
  /** Aborts what runs and gives it back; others, or the next start, go on with it. */
  stop(): Promise<void>;
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
  const { tasks, dispatcher, runner, clock, log, concurrency } = deps;
  const { leaseMs = 30_000, sweepMs = 2000, maxFaults = 3, maxAttempts = 10, retryMs = 5000 } = deps;
  // bounded by: `concurrency`
  const held = new Map<string, HeldFlow>();
  const pacer = new Pacer(sweep, sweepMs);
  let stopping = false;
  let prunedAt = Number.NEGATIVE_INFINITY;

  /** Sends tickets for what can be started, and stops the work on what is not ours any more. */
  async function sweep(): Promise<void> {
    try {
      const now = clock();
      const working = [...held.values()];
      const tokens = working.length > 0 ? await tasks.heldTokens() : null;
      for (const flow of working) {
        if (!tokens?.has(flow.token)) flow.stop(new LeaseLostError('the task was cancelled or taken over'));
      }
      await dispatcher.send(await tasks.startable(now));
      if (now - prunedAt < PRUNE_EVERY_MS) return;
      prunedAt = now;
      await tasks.prune(now);
    } catch (error) {
      log.error({ err: error }, 'the task table could not be looked at');
    }
  }

  async function work(flowId: string): Promise<void> {
    try {
      if (stopping) return;
      const now = clock();
      const token = `${ownerName()}/${randomHex(8)}`;
      const flow = await tasks.claim(flowId, { token, until: now + leaseMs }, now);
      if (!flow) return;
      const hold = new HeldFlow(flow, { store: tasks, clock, log, leaseMs });
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
      else log.error({ err: error, flow: flowId }, 'a task could not be worked on');
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
      log.info({ ...about, ms: clock() - startedAt }, 'task finished');
    } catch (error) {
      const fault = hold.signal.aborted ? hold.signal.reason : error;
      if (hold.finished) log.warn({ err: error, ...about }, 'a fault after the task was finished');
      else if (fault instanceof LeaseLostError) log.info(about, fault.message);
      else if (fault instanceof StoppingError) await hold.change((held) => state.release(held, clock()));
      else if (flow.faults + 1 >= maxFaults) await giveUp(hold, flow, fault);
      else await tryAgain(hold, flow, fault);
    }
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
    log.error({ err: fault, flow: flow.id }, 'a task failed for good');
    // The caller learns that it was us; what exactly is the operator's business.
    const failure = { kind: 'system', message: 'system failure' };
    await hold.change((held) => state.fail(held, failure, lastWords(fault), clock()));
  }

  return {
    async start() {
      await dispatcher.start(work, concurrency);
      tasks.onNews(() => pacer.wake());
      pacer.wake();
    },
    async stop() {
      stopping = true;
      tasks.onNews(() => {});
      await pacer.stop();
      for (const flow of held.values()) flow.stop(new StoppingError('the engine stops'));
      await dispatcher.stop();
    },
  };
}

/** What a fault has to say: the output of the tool that failed, else its stack. */
function lastWords(fault: unknown): string {
  const words = fault instanceof Error ? ((fault as { log?: string }).log ?? fault.stack ?? '') : '';
  return (words || String(fault)).slice(-LOG_CHARACTERS);
}
