/** Tables of the `tasks` room; no other room queries them. */
export type TasksTables = Record<never, never>;
