/** Where things are. The rules know paths from here only. */

/** The folder of a room that speaks one generation of the API; nothing else knows wire names and codes. */
export const GENERATION = /(^|\/)v\d+\//;

/** Files below packages/server that may say a code of the API in digits. */
export const KNOWS_CODES = [GENERATION, /^packages\/server\/gateway\/protocols\//];

/** Files that may import anything and say anything: tests and what tests need. */
export const FREE = /\.test\.ts$|\/testing\/|\/conformance\.ts$|\.conformance\.ts$|\/conformance\//;

/** Where parts meet. */
export const COMPOSE = 'packages/server/compose.ts';
