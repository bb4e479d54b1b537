import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface EventsTables {
  /** The outbox: what has happened and is not yet confirmed or delivered. */
  events: {
    /** 19 digits, ascending with time. */
    id: string;
    app_id: string;
    /** The envelope as JSON, as it travels. */
    content: string;
    created_at: number;
    /** Nobody is handed the event before this moment: it is with somebody, or waits to be sent again. */
    visible_at: number;
    /** How often it was handed out. */
    deliveries: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<EventsTables>(executor);
