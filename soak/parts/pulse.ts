import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { percentile } from '../model/percentile.ts';

export interface PulseData {
  url: string;
  perSecond: number;
}

/** How the calls went: times of those that were answered in ms, faults of the others in words. */
export interface Beats {
  times: number[];
  faults: string[];
}

/** Signed calls beside a load, as other clients of the service make them. */
export class Pulse {
  readonly #worker: Worker;

  constructor(url: string, perSecond = 50) {
    const workerData: PulseData = { url, perSecond };
    this.#worker = new Worker(new URL('./pulse-thread.ts', import.meta.url), { workerData });
  }

  /** Ends the calls and tells of them; `p99` in ms. */
  async stop(): Promise<Beats & { p99: number; figure: string }> {
    const told = once(this.#worker, 'message');
    this.#worker.postMessage('stop');
    const [beats] = (await told) as [Beats];
    const [p50, p99, most] = [0.5, 0.99, 1].map((part) => percentile(beats.times, part));
    const figure = `${beats.times.length} answered, ${beats.faults.length} not; p50 ${ms(p50!)}, p99 ${ms(p99!)}, longest ${ms(most!)}`;
    return { ...beats, p99: p99!, figure };
  }
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
