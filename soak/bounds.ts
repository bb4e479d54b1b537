import { availableParallelism } from 'node:os';

/** What the campaigns hold the service to; docs/reliability.md promises the same. */
const MIB = 1024 ** 2;

/** One server process, whatever clients do. Bytes. */
export const SERVER_BYTES = 1024 * MIB;

/** Signed calls beside the worst load, 99 of 100. On a small machine the campaign's own clients take the processor that the server waits for. ms. */
export const P99_MS = availableParallelism() >= 4 ? 50 : 100;

/** All that one server has started, ffmpeg and ffprobe, together. Bytes. */
export const CHILDREN_BYTES = 4096 * MIB;

/** Processes that one server has started, at once. */
export const CHILDREN_PROCESSES = 24;
