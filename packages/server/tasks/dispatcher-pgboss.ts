import PgBoss from 'pg-boss';
import type { Logger } from '../common/log.ts';
import type { Dispatcher } from './dispatcher.ts';

const QUEUE = 'flows';
const POLL_MS = 500;

/** Priorities of pg-boss are those of tickets: higher first. One waiting job a flow is the `short` policy's doing. */
const POLICY = { name: QUEUE, policy: 'short', retryLimit: 0 } as const;

/**
 * Tickets through pg-boss, for workers in several processes. `url` is `postgres://…`; pg-boss keeps its tables in a
 * schema of its own. Its jobs are finished as soon as the work is, whatever came of it: retries are the engine's.
 */
export function pgBossDispatcher(url: string, log: Logger, pollMs = POLL_MS): Dispatcher {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'openvod_jobs',
    application_name: 'openvod-tasks',
    max: 2,
    schedule: false,
    // A ticket is worth nothing once it was used.
    archiveCompletedAfterSeconds: 3600,
    deleteAfterHours: 1,
    // Its job may be open for as long as a transcode takes; 24 hours is the most that pg-boss allows.
    expireInHours: 23,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'pg-boss'));
  const running = new Set<Promise<void>>();
  let taking: Promise<void> = Promise.resolve();
  let stopped = false;
  let nudge = () => {};

  async function take(work: (flowId: string) => Promise<void>, concurrency: number): Promise<void> {
    while (!stopped) {
      const free = concurrency - running.size;
      const jobs = free > 0 ? await fetch(free) : [];
      for (const job of jobs) begin(job, work);
      if (jobs.length === 0) await nudgeOr(pollMs);
    }
  }

  async function fetch(batchSize: number) {
    try {
      return await boss.fetch<{ flowId: string }>(QUEUE, { batchSize });
    } catch (error) {
      log.warn({ err: error }, 'no tickets could be fetched');
      return [];
    }
  }

  function begin(job: PgBoss.Job<{ flowId: string }>, work: (flowId: string) => Promise<void>): void {
    const done = work(job.data.flowId)
      .then(() => boss.complete(QUEUE, job.id))
      .catch((error) => log.warn({ err: error }, 'a ticket could not be finished'))
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

  return {
    async start(work, concurrency) {
      await boss.start();
      // Does nothing when the queue is there.
      await boss.createQueue(QUEUE, POLICY);
      if (concurrency > 0) taking = take(work, concurrency);
    },

    async send(tickets) {
      if (tickets.length === 0) return;
      await boss.insert(
        tickets.map(({ flowId, priority }) => ({
          name: QUEUE,
          data: { flowId },
          priority,
          singletonKey: flowId,
        })),
      );
      nudge();
    },

    async stop() {
      stopped = true;
      nudge();
      await taking;
      await Promise.all(running);
      await boss.stop({ graceful: false });
    },
  };
}
