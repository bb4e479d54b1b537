import type { Classes } from '../../classes/index.ts';
import type { Addresses } from '../../common/addresses.ts';
import type { Database } from '../../database/index.ts';
import type { Library } from '../types.ts';

/** What the handlers of this room are made of. */
export interface LibraryActionDeps {
  library: Library;
  classes: Classes;
  database: Database;
  addresses: Addresses;
}
