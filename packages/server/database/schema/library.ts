/** Tables of the `library` room; no other room queries them. */
export type LibraryTables = Record<never, never>;
