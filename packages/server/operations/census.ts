import { Gauge, type Registry } from '@prometheus-io/client';
import type { Clock } from '../common/clocks/clock.ts';
import { Fresh } from '../common/fresh.ts';
import type { Logger } from '../common/log.ts';

/** What lies in the database at a moment. Times in ms since the epoch; null for none. */
export interface Census {
  flows: Record<string, number>;
  oldestWaitingFlowAt: number | null;
  eventsWaiting: number;
  eventsSetAside: number;
  oldestEventAt: number | null;
  openUploads: number;
  /** Bytes of all that an application's videos have, by its id. */
  storedBytes: Record<string, number>;
}

/**
 * Gauges of what lies in the database, the same on every node. It is counted every 5 s at most, however often they are asked
 * for; when the database does not answer they have no value, and the other metrics theirs.
 */
export function registerCensus(
  registry: Registry,
  { read, clock, log }: { read: () => Promise<Census>; clock: Clock; log: Logger },
): void {
  const fresh = new Fresh(read, clock);

  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    show: (gauge: Gauge<string>, census: Census) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        try {
          show(this, await fresh.get());
        } catch (error) {
          if (labelNames.length === 0) this.set(Number.NaN);
          log.debug({ err: error, metric: name }, 'a metric could not be counted');
        }
      },
    });
  const age = (since: number | null) => (since === null ? 0 : Math.max(0, clock() - since) / 1000);

  gauge('openvod_task_flows', 'Task flows by state.', ['status'], (one, { flows }) => {
    for (const [status, count] of Object.entries(flows)) one.set({ status }, count);
  });
  gauge(
    'openvod_task_oldest_waiting_seconds',
    'Age of the task flow that waits longest.',
    [],
    (one, census) => one.set(age(census.oldestWaitingFlowAt)),
  );
  gauge(
    'openvod_events',
    'Events that are not confirmed or delivered yet, by state.',
    ['status'],
    (one, census) => {
      one.set({ status: 'waiting' }, census.eventsWaiting);
      one.set({ status: 'set_aside' }, census.eventsSetAside);
    },
  );
  gauge('openvod_event_oldest_seconds', 'Age of the oldest event.', [], (one, { oldestEventAt }) =>
    one.set(age(oldestEventAt)),
  );
  gauge('openvod_uploads_open', 'Uploads that have begun and are not finished.', [], (one, { openUploads }) =>
    one.set(openUploads),
  );
  gauge(
    'openvod_stored_bytes',
    'Bytes of all that the videos of an application have.',
    ['application'],
    (one, { storedBytes }) => {
      for (const [application, bytes] of Object.entries(storedBytes)) one.set({ application }, bytes);
    },
  );
}
