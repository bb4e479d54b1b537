import type { Executor } from '../database/index.ts';

/**
 * An event to be told: its type, and what happened in the service's own terms. `E` maps types to what they tell; each room
 * states its own once, e.g. `interface LibraryEvents { 'video.deleted': { videoIds: string[] } }`. The payload is a snapshot,
 * for what it speaks of may be gone when it is read. It travels as JSON and holds ids, ms, bit/s, bytes and object keys,
 * never an address and never a name of the wire.
 */
export type EventOf<E> = { [T in keyof E]: { type: T; payload: E[T] } }[keyof E];

export interface EmitOptions {
  /** Where the event is posted too, once, however the application gets its events; only ever a public address. */
  notifyUrl?: string | undefined;
}

/** What other rooms may ask of events; a room that tells of `E` asks for `Events<E>`. */
export interface Events<E> {
  /** Writes an event into the outbox, in the transaction of the change that it reports. */
  emit: (
    trx: Executor,
    appId: string,
    event: EventOf<E>,
    now: number,
    options?: EmitOptions,
  ) => Promise<void>;
}

/** An event as it was written. */
export interface EventRecord {
  type: string;
  payload: unknown;
}

/** How a kind of reader sees events. Throws where it cannot show one. */
export type Form<T> = (record: EventRecord) => T;

/** An event that was handed to a reader. */
export interface PulledEvent<T> {
  handle: string;
  content: T;
}

/** How an application gets its events: it fetches them, or they are posted to an address of the operator's choice. */
export type Delivery = { mode: 'pull' } | { mode: 'callback'; url: string };
