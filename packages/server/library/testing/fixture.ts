import { type Action, actionByName, type ParamsOf } from '@openvod/contract/v2';
import { createClasses } from '../../classes/index.ts';
import { createAddresses } from '../../common/addresses.ts';
import { silentLogger } from '../../common/log.ts';
import type { ActionHandler } from '../../common/v2/handler.ts';
import type { Executor } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Tasks } from '../../tasks/types.ts';
import type { TestDatabase } from '../../testing/databases.ts';
import { rememberingEvents } from '../../testing/events.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { createLibrary, libraryEventViews } from '../index.ts';

export const APP = '1250000001';

/** What an answer holds; tests look into it without saying its type. */
// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Answer = any;

/** The library on a test database, with a store, tasks and events that only remember. */
export function createFixture({ database }: TestDatabase) {
  const time = { now: Date.UTC(2026, 0, 1) };
  const deleted: string[] = [];
  const busy = new Set<string>();
  const cancelled: string[] = [];
  const failing = { store: false };

  const store = {
    async *list() {},
    async deletePrefix(prefix: string) {
      if (failing.store) throw new Error('the store is away');
      deleted.push(prefix);
      return 1;
    },
  } as unknown as ObjectStore;
  const tasks = {
    activeFlows: async (_db: Executor, _appId: string, videoId: string) => (busy.has(videoId) ? 1 : 0),
    async cancelFlows(_trx: Executor, _appId: string, videoId: string) {
      busy.delete(videoId);
      cancelled.push(videoId);
    },
  } as unknown as Tasks;
  const addresses = createAddresses('https://media.example.com');
  const { events, emitted } = rememberingEvents(libraryEventViews, addresses);
  const sweeping = { database, store, tasks, events, clock: () => time.now, log: silentLogger };
  const { classes, v2: classActions } = createClasses({ database });
  const library = createLibrary({ ...sweeping, classes, addresses });
  const handlers: ActionHandler[] = [...library.v2, ...classActions];

  return {
    library,
    sweeping,
    database,
    db: database.db,
    time,
    deleted,
    busy,
    cancelled,
    emitted,
    failing,
    inTransaction: <T>(work: (trx: Executor) => Promise<T>) => database.transaction(work),
    /** Calls an action with parameters as they travel, through the contract's own schema. */
    async call(name: string, params: Record<string, unknown> = {}, appId = APP): Promise<Answer> {
      const action = actionByName(name);
      const found = handlers.find((candidate) => candidate.action === action);
      if (!found) throw new Error(`no handler of ${name}`);
      const typed = found.action.params.parse(params) as ParamsOf<Action>;
      return asOnTheWire(found.action, () =>
        found.run(typed, {
          appId,
          now: time.now,
          signal: new AbortController().signal,
          log: silentLogger,
        }),
      );
    },
  };
}

export type Fixture = ReturnType<typeof createFixture>;
