import type { Database } from '../../database/index.ts';
import type { Library } from '../../library/index.ts';
import type { KnownApplication } from '../index.ts';
import type { Stats } from '../types.ts';

/** What the handlers of this room are made of. */
export interface StatsActionDeps {
  stats: Stats;
  library: Library;
  database: Database;
  applications(): Promise<readonly KnownApplication[]>;
}
