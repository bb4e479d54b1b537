/** Tables of the `accounts` room; no other room queries them. */
export type AccountsTables = Record<never, never>;
