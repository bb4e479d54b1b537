import { type Job, PgBoss } from 'pg-boss';
import type { Logger } from '../common/log.ts';
import { DatabaseUnavailable, postgresFault } from '../database/index.ts';
import type { Dispatcher } from './dispatcher.ts';
import { LANES, type Lane } from './lanes.ts';

/** One for each lane. */
const QUEUES: Record<Lane, string> = { work: 'flows', transfer: 'flows-transfer' };
const POLL_MS = 500;

/** Version 0.1 kept tickets here, in a form that this pg-boss cannot bring up to date. Tickets are sent again, so none is missed. */
const OLD_SCHEMA = 'openvod_jobs';

/** Priorities of pg-boss are those of tickets: higher first. One waiting job a flow is the `short` policy's doing. */
const POLICY = {
  policy: 'short',
  retryLimit: 0,
  // A ticket is worth nothing once it was used.
  deleteAfterSeconds: 3600,
  // Its job may be open for as long as a transcode takes; 24 hours is the most that pg-boss allows.
  expireInSeconds: 23 * 3600,
} as const;

interface Taker {
  /** Resolves after `stop`, when its work has ended. */
  done: Promise<void>;
  /** Looks for tickets now. */
  nudge(): void;
}

/** What `pg` is told beyond what pg-boss knows of: a server that vanished without a word must not hold up workers for ever. */
const CONNECTIONS = { keepAlive: true, query_timeout: 60_000 };

/**
 * Tickets through pg-boss, for workers in several processes. `url` is `postgres://…`; pg-boss keeps its tables in a
 * schema of its own. Its jobs are finished as soon as the work is, whatever came of it: retries are the engine's.
 */
export function pgBossDispatcher(url: string, log: Logger, pollMs = POLL_MS): Dispatcher {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'openvod_tickets',
    application_name: 'openvod-tasks',
    max: 2,
    // What we have no use for costs queries all the same.
    schedule: false,
    registerInstance: false,
    ...CONNECTIONS,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => warn(error, 'pg-boss'));
  // bounded by: the lanes
  const takers: Taker[] = [];
  let stopped = false;

  /** Of a database that is away the database room tells, once. */
  function warn(error: unknown, message: string): void {
    log[postgresFault(error) === null ? 'warn' : 'debug']({ err: error }, message);
  }

  /** Takes tickets of one lane as places are free. */
  function taker(lane: Lane, places: number, work: (flowId: string) => Promise<void>): Taker {
    const queue = QUEUES[lane];
    // bounded by: `places`
    const running = new Set<Promise<void>>();
    let nudge = () => {};

    async function take(): Promise<void> {
      while (!stopped) {
        const free = places - running.size;
        const jobs = free > 0 ? await fetch(free) : [];
        for (const job of jobs) begin(job);
        if (jobs.length === 0) await nudgeOr(pollMs);
      }
      await Promise.all(running);
    }

    async function fetch(batchSize: number) {
      try {
        return await boss.fetch<{ flowId: string }>(queue, { batchSize });
      } catch (error) {
        warn(error, 'no tickets could be fetched');
        return [];
      }
    }

    function begin(job: Job<{ flowId: string }>): void {
      const done = work(job.data.flowId)
        .then(async () => {
          await boss.complete(queue, job.id);
        })
        .catch((error) => warn(error, 'a ticket could not be finished'))
        .finally(() => {
          running.delete(done);
          nudge();
        });
      running.add(done);
    }

    /** Waits for a free place or a ticket from this process, at most `ms`: those of others come unannounced. */
    function nudgeOr(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        nudge = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }

    return { done: take(), nudge: () => nudge() };
  }

  async function forgetOldTickets(): Promise<void> {
    try {
      await boss.getDb().executeSql(`DROP SCHEMA IF EXISTS ${OLD_SCHEMA} CASCADE`);
    } catch (error) {
      // Another process that starts now is doing it.
      log.debug({ err: error }, 'old tickets could not be removed');
    }
  }

  return {
    async start(work, places) {
      await boss.start();
      await forgetOldTickets();
      for (const lane of LANES) {
        // Does nothing when the queue is there.
        await boss.createQueue(QUEUES[lane], POLICY);
        if (places[lane] > 0) takers.push(taker(lane, places[lane], work));
      }
    },

    async send(tickets) {
      if (tickets.length === 0) return;
      try {
        for (const lane of LANES) {
          const jobs = tickets
            .filter((ticket) => ticket.lane === lane)
            .map(({ flowId, priority }) => ({ data: { flowId }, priority, singletonKey: flowId }));
          if (jobs.length > 0) await boss.insert(QUEUES[lane], jobs);
        }
      } catch (error) {
        const reason = postgresFault(error);
        throw reason === null ? error : new DatabaseUnavailable(reason, error, true);
      }
      for (const { nudge } of takers) nudge();
    },

    async stop() {
      stopped = true;
      for (const { nudge } of takers) nudge();
      await Promise.all(takers.map(({ done }) => done));
      await boss.stop({ graceful: false });
    },
  };
}
