import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** What an operator can watch at `/metrics`. */
export interface Metrics {
  registry: Registry;
  /** One answered API call; `ms` from its first byte to its answer. */
  countCall(action: string, code: number, ms: number): void;
  /** Bytes sent to players. */
  countDelivered(bytes: number): void;
  /** Asked at every scrape: a figure that goes up and down. */
  watch(name: string, help: string, read: () => number): void;
  /** Asked at every scrape: how many flows are in which state. */
  watchTasks(count: () => Promise<Record<string, number>>): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'openvod_calls_total',
    help: 'Answered API calls by action and code.',
    labelNames: ['action', 'code'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'openvod_call_seconds',
    help: 'Time from the first byte of an API call to its answer.',
    labelNames: ['action'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const delivered = new Counter({
    name: 'openvod_delivered_bytes_total',
    help: 'Bytes of media and playlists sent to players.',
    registers: [registry],
  });
  return {
    registry,
    countCall: (action, code, ms) => {
      calls.inc({ action, code: String(code) });
      durations.observe({ action }, ms / 1000);
    },
    countDelivered: (bytes) => delivered.inc(bytes),
    watch: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    watchTasks: (count) => {
      new Gauge({
        name: 'openvod_task_flows',
        help: 'Task flows by state.',
        labelNames: ['status'],
        registers: [registry],
        async collect() {
          for (const [status, flows] of Object.entries(await count())) this.set({ status }, flows);
        },
      });
    },
  };
}
