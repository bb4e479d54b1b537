import * as all from './all.ts';
import type { EventType } from './event.ts';

export * from './all.ts';
export * from './event.ts';

/** Every event type that this release sends, by name. */
export const EVENTS: readonly EventType[] = Object.values<EventType>(all);
