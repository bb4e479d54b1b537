import { Gauge, type Registry } from '@prometheus-io/client';
import { OUTAGES, type Outage } from '../common/faults/outage.ts';

/** What is asked at every scrape, and must answer from memory. */
export interface Gauged {
  /** What is free on the disk of the data folder; null when it does not answer. */
  disk(): { freeBytes: number; freeFiles: number | null } | null;
  /** Below so much free space uploads and tasks wait, bytes. */
  minFreeBytes: number;
  /** Connections to the database, open and idle, and who waits for one; null where there are none. */
  connections(): { open: number; idle: number; waiting: number } | null;
  /** Open connections of clients. */
  clients(): number;
  /** What the tasks of this process wait for, and since how long, ms. */
  outages(): { outage: Outage; ms: number }[];
  /** Task flows that this process works on, by what they need. */
  running(): Readonly<Record<string, number>>;
}

/** Serves what a node has at hand. What is not known is NaN, or left out. */
export function registerGauges(registry: Registry, gauged: Gauged): void {
  const { disk, minFreeBytes, connections, clients, outages, running } = gauged;
  gauge(registry, 'openvod_disk_free_bytes', "Free on the data folder's disk.", () => disk()?.freeBytes);
  gauge(
    registry,
    'openvod_disk_free_files',
    "Files that the data folder's disk takes.",
    () => disk()?.freeFiles,
  );
  gauge(registry, 'openvod_disk_min_free_bytes', 'Below that uploads and tasks wait.', () => minFreeBytes);
  gauge(registry, 'openvod_connections', 'Open connections.', clients);
  new Gauge({
    name: 'openvod_database_connections',
    help: 'Connections to PostgreSQL: open, idle among them, and how many callers wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, number] of Object.entries(connections() ?? {})) this.set({ state }, number);
    },
  });
  new Gauge({
    name: 'openvod_task_flows_running',
    help: 'Task flows that this process works on, by lane: work (processors) and transfer (pulls).',
    labelNames: ['lane'],
    registers: [registry],
    collect() {
      for (const [lane, number] of Object.entries(running())) this.set({ lane }, number);
    },
  });
  new Gauge({
    name: 'openvod_outage_seconds',
    help: 'How long tasks of this process have been waiting for the store, the database, space, memory or processes; 0 when they do not.',
    labelNames: ['outage'],
    registers: [registry],
    collect() {
      for (const outage of Object.keys(OUTAGES)) this.set({ outage }, 0);
      for (const { outage, ms } of outages()) this.set({ outage }, ms / 1000);
    },
  });
}

/** Serves figures that go up and down, by name. */
export function registerFigures(
  registry: Registry,
  figures: Iterable<readonly [name: string, help: string, read: () => number]>,
): void {
  for (const [name, help, read] of figures) gauge(registry, name, help, read);
}

/** What playback holds, bytes and answers. */
export interface Held {
  inFlightBytes: number;
  waiting: number;
  catalogBytes: number;
  segmentCacheBytes: number;
}

const HELD: Record<keyof Held, [name: string, help: string]> = {
  inFlightBytes: ['openvod_playback_in_flight_bytes', 'Memory for what is on its way to players.'],
  waiting: ['openvod_playback_waiting_readers', 'Answers whose client has not taken yet what was written.'],
  catalogBytes: ['openvod_playback_catalogue_bytes', 'Memory of what play addresses mean.'],
  segmentCacheBytes: ['openvod_playback_cache_bytes', 'Memory of the media that is played most.'],
};

/** Serves what playback holds, on nodes that have it. */
export function registerPlaybackGauges(registry: Registry, held: () => Held): void {
  for (const [key, [name, help]] of Object.entries(HELD)) {
    gauge(registry, name, help, () => held()[key as keyof Held]);
  }
}

function gauge(registry: Registry, name: string, help: string, read: () => number | null | undefined): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read() ?? Number.NaN);
    },
  });
}
