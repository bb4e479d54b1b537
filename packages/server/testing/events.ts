import type { Addresses } from '../common/addresses.ts';
import type { EventView, EventViews, ShownEvent } from '../common/v2/event-view.ts';
import type { Executor } from '../database/index.ts';
import type { Events } from '../events/index.ts';
import { anyTables } from './any-tables.ts';

/** Events as applications that pull get them. */
export const pulled = async () => ({ mode: 'pull' }) as const;

/** Events that are only remembered, as version 2 shows them. */
export function rememberingEvents<E>(v2Views: EventViews<E>, addresses: Addresses) {
  const emitted: (ShownEvent & { appId: string })[] = [];
  const events: Events<E> = {
    async emit(_trx, appId, { type, payload }) {
      emitted.push({ appId, ...v2Views[type](JSON.parse(JSON.stringify(payload)), { addresses }) });
    },
  };
  return { events, emitted };
}

/** All events of the outbox in the order of their writing, as version 2 shows them. */
export async function shownEvents<E>(
  db: Executor,
  v2Views: EventViews<E>,
  addresses: Addresses,
): Promise<ShownEvent[]> {
  const views = v2Views as Record<string, EventView<unknown>>;
  const rows = await anyTables(db).selectFrom('events').select(['type', 'payload']).orderBy('id').execute();
  return rows.map(({ type, payload }) => views[String(type)]!(JSON.parse(String(payload)), { addresses }));
}
