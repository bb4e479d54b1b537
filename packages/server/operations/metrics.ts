import { Counter, collectDefaultMetrics, Histogram, Registry } from '@prometheus-io/client';

/** What an operator can watch at `/metrics`. */
export interface Metrics {
  registry: Registry;
  /** One answered API call; `ms` from its first byte to its answer. */
  countCall(action: string, code: number, ms: number): void;
  /** Bytes sent to players. */
  countDelivered(bytes: number): void;
  /** Something was asked of the database in vain; `reason` is one of a few words. */
  countDatabaseFault(reason: string): void;
  /** A worker of this process has ended a task flow of a kind; `result` is `success` or why it failed, each one of a few words. */
  countFlow(kind: string, result: string): void;
  /** Bytes that came from addresses that are pulled. */
  countPulled(bytes: number): void;
  /** A file of statistics was written, of a kind. */
  countStatisticsFile(kind: string): void;
  /** One connection that was ended because of a bound. */
  countDropped(reason: string): void;
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
  const flows = new Counter({
    name: 'openvod_task_flows_ended_total',
    help: 'Task flows that this process has ended, by kind and by result: success, or what failed.',
    labelNames: ['kind', 'result'],
    registers: [registry],
  });
  const pulled = new Counter({
    name: 'openvod_pulled_bytes_total',
    help: 'Bytes that came from addresses that are pulled, also those that were fetched again.',
    registers: [registry],
  });
  const statisticsFiles = new Counter({
    name: 'openvod_statistics_files_written_total',
    help: 'Files of statistics that this process has written, by kind: access, plays.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const dropped = new Counter({
    name: 'openvod_connections_dropped_total',
    help: 'Connections ended because of a bound: too many (limit), a client that takes nothing (stalled), too many requests at once (pipelined).',
    labelNames: ['reason'],
    registers: [registry],
  });
  return {
    registry,
    countDatabaseFault: (reason) => faults.inc({ reason }),
    countCall: (action, code, ms) => {
      calls.inc({ action, code: String(code) });
      durations.observe({ action }, ms / 1000);
    },
    countDelivered: (bytes) => delivered.inc(bytes),
    countFlow: (kind, result) => flows.inc({ kind, result }),
    countPulled: (bytes) => pulled.inc(bytes),
    countStatisticsFile: (kind) => statisticsFiles.inc({ kind }),
    countDropped: (reason) => dropped.inc({ reason }),
  };
}
