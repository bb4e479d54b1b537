import type { Database } from '../../database/index.ts';
import type { Templates } from '../../templates/index.ts';
import type { DataKeys } from '../data-keys.ts';

/** What the handlers of this room are made of. */
export interface EncryptionActionDeps {
  database: Database;
  templates: Templates;
  keys: DataKeys;
}
