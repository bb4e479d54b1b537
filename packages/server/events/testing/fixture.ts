import { type Addresses, createAddresses } from '../../common/addresses.ts';
import { type Logger, silentLogger } from '../../common/log.ts';
import { createOutbound, type Outbound } from '../../common/outbound/outbound.ts';
import type { EventViews } from '../../common/v2/event-view.ts';
import type { Database } from '../../database/index.ts';
import { createEvents, type Delivery, type EventsConfig } from '../index.ts';

export const APP = '1250000001';

/** The one thing that happens in tests of this room. */
export interface TestEvents {
  happened: Record<string, unknown>;
}

const views: EventViews<TestEvents> = {
  happened: (payload, { addresses }) => {
    if (payload.fails) throw new Error('no view of that');
    const url = typeof payload.key === 'string' ? { url: addresses.of(payload.key) } : {};
    return { eventType: 'Happened', data: { ...payload, ...url } };
  },
};

export interface TestOptions {
  config?: Partial<EventsConfig>;
  clock?: () => number;
  log?: Logger;
  addresses?: Addresses;
  outbound?: Outbound;
  /** Of each application; pulling when left out. */
  delivery?: (appId: string) => Delivery;
}

/** This room on a database, as one node of the service has it. */
export function openEvents(database: Database, options: TestOptions = {}) {
  const { clock = Date.now, log = silentLogger, delivery = () => ({ mode: 'pull' }) as const } = options;
  const events = createEvents({
    database,
    clock,
    log,
    addresses: options.addresses ?? createAddresses('https://media.example.com'),
    delivery: async (appId) => delivery(appId),
    v2Views: views,
    outbound: options.outbound ?? createOutbound({ allowPrivate: false }),
    sends: true,
    config: { longPollMs: 0, ...options.config },
  });
  return {
    events,
    emit: (payload: Record<string, unknown>, appId = APP, notifyUrl?: string) =>
      database.transaction((trx) =>
        events.emit(trx, appId, { type: 'happened', payload }, clock(), { notifyUrl }),
      ),
    pull: (appId = APP) => events.pull(appId, { signal: new AbortController().signal }),
  };
}
