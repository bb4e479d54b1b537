import type { EventDataOf, EventType } from '@openvod/contract/v2';
import type { Addresses } from '../addresses.ts';

/** An event as a reader of version 2 sees it. */
export interface ShownEvent {
  eventType: string;
  data: Record<string, unknown>;
}

/** What holds at the moment of reading. */
export interface ViewContext {
  addresses: Addresses;
}

/** Turns what an event tells, in the service's own terms, into what version 2 shows of it. Pure. */
export type EventView<Payload> = (payload: Payload, context: ViewContext) => ShownEvent;

/** A view of each type in `E`, which maps the types of events to what they tell: one that is missing is a type error. */
export type EventViews<E> = { [T in keyof E]: EventView<E[T]> };

/** Joins an event of the contract with its data. */
export function shown<E extends EventType>(event: E, data: EventDataOf<E>): ShownEvent {
  return { eventType: event.name, data: data as Record<string, unknown> };
}
