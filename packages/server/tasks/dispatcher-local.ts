import PQueue from 'p-queue';
import type { Dispatcher } from './dispatcher.ts';

/** Tickets for the workers of this process: one machine, nothing to install. */
export function localDispatcher(): Dispatcher {
  // bounded by: `waiting`
  const queue = new PQueue({ concurrency: 1, autoStart: false });
  // bounded by: what the table gives out at a time, of those that wait there
  const waiting = new Set<string>();
  let work: (flowId: string) => Promise<void> = async () => {};

  return {
    async start(run, concurrency) {
      work = run;
      if (concurrency === 0) return;
      queue.concurrency = concurrency;
      queue.start();
    },

    async send(tickets) {
      for (const { flowId, priority } of tickets) {
        if (waiting.has(flowId)) continue;
        waiting.add(flowId);
        void queue.add(
          () => {
            waiting.delete(flowId);
            return work(flowId);
          },
          { priority },
        );
      }
    },

    async stop() {
      queue.pause();
      queue.clear();
      waiting.clear();
      await queue.onPendingZero();
    },
  };
}
