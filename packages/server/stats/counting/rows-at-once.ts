/** Rows of one statement: SQLite works within our process, and others get their turn in between. */
export const ROWS_AT_ONCE = 100;
