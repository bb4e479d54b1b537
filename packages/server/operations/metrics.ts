import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** What an operator can watch at `/metrics`. */
export interface Metrics {
  registry: Registry;
  /** One answered API call; `ms` from its first byte to its answer. */
  countCall(action: string, code: number, ms: number): void;
  /** Bytes sent to players. */
  countDelivered(bytes: number): void;
  /** Asked at every scrape: what is free on the disk of the data folder; null when it does not answer. */
  watchDisk(room: () => { freeBytes: number; freeFiles: number | null } | null, minFreeBytes: number): void;
  /** Something was asked of the database in vain; `reason` is one of a few words. */
  countDatabaseFault(reason: string): void;
  /** Asked at every scrape: connections to the database; null where there are none. */
  watchConnections(count: () => { open: number; idle: number; waiting: number } | null): void;
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
  const faults = new Counter({
    name: 'openvod_database_faults_total',
    help: 'Queries that the database could not answer, by reason: away, busy, full, disk.',
    labelNames: ['reason'],
    registers: [registry],
  });
  return {
    registry,
    countDatabaseFault: (reason) => faults.inc({ reason }),
    watchConnections: (count) => {
      new Gauge({
        name: 'openvod_database_connections',
        help: 'Connections to PostgreSQL: open, idle among them, and how many callers wait for one.',
        labelNames: ['state'],
        registers: [registry],
        collect() {
          for (const [state, number] of Object.entries(count() ?? {})) this.set({ state }, number);
        },
      });
    },
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
