/** Where things are. Scripts and house rules know these paths from here only. */

/** The contract of the API generation that new actions belong to, and the name it is imported by. */
export const CONTRACT = { folder: 'packages/contract/v2', name: '@openvod/contract/v2' };

/** The room of packages/server that answers the actions of a group. */
export const ROOMS: Readonly<Record<string, string>> = {
  media: 'library',
  class: 'classes',
  upload: 'upload',
  processing: 'processing',
  template: 'templates',
  drm: 'encryption',
  task: 'tasks',
  event: 'events',
  stat: 'stats',
};

/** Where a room keeps its handlers, below its folder. */
export const HANDLERS = 'v2';

/** The folder of a room that speaks one generation of the API; nothing else knows wire names and codes. */
export const GENERATION = /(^|\/)v\d+\//;

/** Files below packages/server that may say a code of the API in digits. */
export const KNOWS_CODES = [GENERATION, /^packages\/server\/gateway\/protocols\//];

/** Files that may import anything and say anything: tests and what tests need. */
export const FREE = /\.test\.ts$|\/testing\/|\/conformance\.ts$|\.conformance\.ts$|\/conformance\//;

/** Where parts meet. */
export const COMPOSE = 'packages/server/compose.ts';
