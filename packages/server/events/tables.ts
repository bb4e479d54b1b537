import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface EventsTables {
  /** The outbox: what has happened and is not yet confirmed or delivered. */
  events: {
    /** 19 digits, ascending with time. */
    id: string;
    /** Who reads it; see queues.ts. */
    queue: string;
    /** What happened, e.g. `video.created`; `v2.envelope` for what version 0.1 wrote. */
    type: string;
    /** What it tells, as JSON in the service's own terms. */
    payload: string;
    /** Where it is posted, in the queue of those that callers gave an address for; null in all others. */
    notify_url: string | null;
    created_at: number;
    /** Nobody is handed the event before this moment: it is with somebody, or waits to be sent again. */
    visible_at: number;
    /** How often it was handed out. */
    deliveries: number;
    /** Why it cannot be shown to its reader; it is set aside then, and tried again at the next start. */
    fault: string | null;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<EventsTables>(executor);
