import type { Executor } from '../database/index.ts';

/** An event as it travels: `eventContent` of PullEvent and the body of a callback (contract/events/_overview.yaml). */
export interface EventContent {
  version: '4.0';
  eventType: string;
  data: Record<string, unknown>;
}

export interface PulledEvent {
  handle: string;
  content: EventContent;
}

/** What other rooms may ask of events. */
export interface Events {
  /** Writes an event into the outbox, in the transaction of the change that it reports. `data` is in wire form. */
  emit(
    trx: Executor,
    appId: string,
    eventType: string,
    data: Record<string, unknown>,
    now: number,
  ): Promise<void>;
}
