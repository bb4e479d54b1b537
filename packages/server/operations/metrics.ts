import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** What an operator can watch at `/metrics`. */
export interface Metrics {
  registry: Registry;
  /** One answered API call; `ms` from its first byte to its answer. */
  countCall(action: string, code: number, ms: number): void;
  /** Bytes sent to players. */
  countDelivered(bytes: number): void;
  /** One connection that was ended because of a bound. */
  countDropped(reason: string): void;
  /** A figure that is asked for at every scrape. */
  watch(name: string, help: string, read: () => number): void;
  /** Asked at every scrape: what playback holds. */
  watchPlayback(held: () => Record<keyof typeof HELD, number>): void;
  /** Asked at every scrape: how many flows are in which state. */
  watchTasks(count: () => Promise<Record<string, number>>): void;
}

/** What playback holds: names and meanings. */
const HELD = {
  inFlightBytes: ['openvod_playback_in_flight_bytes', 'Memory for what is on its way to players.'],
  waiting: ['openvod_playback_waiting_readers', 'Answers whose client has not taken yet what was written.'],
  catalogBytes: ['openvod_playback_catalogue_bytes', 'Memory of what play addresses mean.'],
  segmentCacheBytes: ['openvod_playback_cache_bytes', 'Memory of the media that is played most.'],
} as const;

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
  const dropped = new Counter({
    name: 'openvod_connections_dropped_total',
    help: 'Connections ended because of a bound: too many (limit), a client that takes nothing (stalled), too many requests at once (pipelined).',
    labelNames: ['reason'],
    registers: [registry],
  });
  const watch = (name: string, help: string, read: () => number) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  return {
    registry,
    countCall: (action, code, ms) => {
      calls.inc({ action, code: String(code) });
      durations.observe({ action }, ms / 1000);
    },
    countDelivered: (bytes) => delivered.inc(bytes),
    countDropped: (reason) => dropped.inc({ reason }),
    watch,
    watchPlayback: (held) => {
      for (const [key, [name, help]] of Object.entries(HELD)) {
        watch(name, help, () => held()[key as keyof typeof HELD]);
      }
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
