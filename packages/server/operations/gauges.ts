import { Gauge, type Registry } from '@prometheus-io/client';

/** What is asked at every scrape, and must answer from memory. */
export interface Gauged {
  /** What is free on the disk of the data folder; null when it does not answer. */
  disk(): { freeBytes: number; freeFiles: number | null } | null;
  /** Below so much free space uploads and tasks wait, bytes. */
  minFreeBytes: number;
  /** Connections to the database, open and idle, and who waits for one; null where there are none. */
  connections(): { open: number; idle: number; waiting: number } | null;
}

/** Serves `openvod_disk_…` and `openvod_database_connections`. What is not known is NaN, or left out. */
export function registerGauges(registry: Registry, { disk, minFreeBytes, connections }: Gauged): void {
  const gauge = (name: string, help: string, value: () => number | null | undefined) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value() ?? Number.NaN);
      },
    });
  gauge('openvod_disk_free_bytes', "Free on the data folder's disk.", () => disk()?.freeBytes);
  gauge('openvod_disk_free_files', "Files that the data folder's disk takes.", () => disk()?.freeFiles);
  gauge('openvod_disk_min_free_bytes', 'Below that uploads and tasks wait.', () => minFreeBytes);
  new Gauge({
    name: 'openvod_database_connections',
    help: 'Connections to PostgreSQL: open, idle among them, and how many callers wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, number] of Object.entries(connections() ?? {})) this.set({ state }, number);
    },
  });
}
