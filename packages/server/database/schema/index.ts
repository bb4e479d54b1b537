import type { AccountsTables } from './accounts.ts';
import type { EventsTables } from './events.ts';
import type { GatewayTables } from './gateway.ts';
import type { LibraryTables } from './library.ts';
import type { TasksTables } from './tasks.ts';
import type { UploadTables } from './upload.ts';

/**
 * Every table, by the room that owns it. Types that hold in both databases: text, bigint (a JavaScript number),
 * integer, and JSON kept as text. Times are ms since the epoch.
 */
export interface Schema
  extends AccountsTables,
    LibraryTables,
    UploadTables,
    TasksTables,
    EventsTables,
    GatewayTables {}
