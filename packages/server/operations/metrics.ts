import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import { OUTAGES, type Outage } from '../common/outage.ts';

/** What an operator can watch at `/metrics`. */
export interface Metrics {
  registry: Registry;
  /** One answered API call; `ms` from its first byte to its answer. */
  countCall(action: string, code: number, ms: number): void;
  /** Bytes sent to players. */
  countDelivered(bytes: number): void;
  /** Asked at every scrape: what is free on the disk of the data folder; null when it does not answer. */
  watchDisk(room: () => { freeBytes: number; freeFiles: number | null } | null, minFreeBytes: number): void;
  /** Asked at every scrape: what the tasks of this process wait for, and since how long, ms. */
  watchOutages(ongoing: () => { outage: Outage; ms: number }[]): void;
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
    watchDisk: (room, minFreeBytes) => {
      const gauge = (name: string, help: string, value: () => number | null | undefined) =>
        new Gauge({
          name,
          help,
          registers: [registry],
          collect() {
            this.set(value() ?? Number.NaN);
          },
        });
      gauge('openvod_disk_free_bytes', "Free on the data folder's disk.", () => room()?.freeBytes);
      gauge('openvod_disk_free_files', "Files that the data folder's disk takes.", () => room()?.freeFiles);
      gauge('openvod_disk_min_free_bytes', 'Below that uploads and tasks wait.', () => minFreeBytes);
    },
    watchOutages: (ongoing) => {
      new Gauge({
        name: 'openvod_outage_seconds',
        help: 'How long tasks of this process have been waiting for the store, the database, space, memory or processes; 0 when they do not.',
        labelNames: ['outage'],
        registers: [registry],
        collect() {
          for (const outage of Object.keys(OUTAGES)) this.set({ outage }, 0);
          for (const { outage, ms } of ongoing()) this.set({ outage }, ms / 1000);
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
