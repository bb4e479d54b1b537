/** What the campaigns hold the service to; docs/reliability.md promises the same. */
const MIB = 1024 ** 2;

/** One server process, whatever clients do. Bytes. */
export const SERVER_BYTES = 1024 * MIB;

/** Signed calls beside the worst load, 99 of 100. ms. */
export const P99_MS = 50;
