import PQueue from 'p-queue';
import type { Dispatcher } from './dispatcher.ts';
import { LANES, type Lane } from './lanes.ts';

/** Tickets for the workers of this process: one machine, nothing to install. */
export function localDispatcher(): Dispatcher {
  // bounded by: `waiting`
  const queueOf: Record<Lane, PQueue> = { work: newQueue(), transfer: newQueue() };
  const queues = Object.values(queueOf);
  // bounded by: what the table gives out at a time, of those that wait there
  const waiting = new Set<string>();
  let work: (flowId: string) => Promise<void> = async () => {};

  return {
    async start(run, places) {
      work = run;
      for (const lane of LANES) {
        if (places[lane] === 0) continue;
        queueOf[lane].concurrency = places[lane];
        queueOf[lane].start();
      }
    },

    async send(tickets) {
      for (const { flowId, priority, lane } of tickets) {
        if (waiting.has(flowId)) continue;
        waiting.add(flowId);
        void queueOf[lane].add(
          () => {
            waiting.delete(flowId);
            return work(flowId);
          },
          { priority },
        );
      }
    },

    async stop() {
      for (const queue of queues) {
        queue.pause();
        queue.clear();
      }
      waiting.clear();
      await Promise.all(queues.map((queue) => queue.onPendingZero()));
    },
  };
}

const newQueue = () => new PQueue({ concurrency: 1, autoStart: false });
