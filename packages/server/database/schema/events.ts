/** Tables of the `events` room; no other room queries them. */
export type EventsTables = Record<never, never>;
