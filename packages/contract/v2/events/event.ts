import type { z } from 'zod';

/** One type of event notification, as docs/wire/events.md describes it. */
export interface EventType<D extends z.ZodType = z.ZodType> {
  /** `eventType` on the wire. */
  name: string;
  summary: string;
  /** `data` on the wire. */
  data: D;
  /** An example of `data`. */
  example: Record<string, unknown>;
  notes?: string;
}

export type EventDataOf<E> = E extends EventType<infer D> ? z.input<D> : never;

/** What is delivered, as the body of an HTTP callback and as `eventContent` of PullEvent. */
export interface EventEnvelope {
  version: '4.0';
  eventType: string;
  data: Record<string, unknown>;
}

/** Wraps the data of an event for delivery. */
export function eventEnvelope(eventType: string, data: Record<string, unknown>): EventEnvelope {
  return { version: '4.0', eventType, data };
}

/** Keeps the exact schema type of an event literal. */
export function defineEvent<D extends z.ZodType>(event: EventType<D>): EventType<D> {
  return event;
}
