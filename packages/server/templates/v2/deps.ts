import type { Database } from '../../database/index.ts';
import type { Templates } from '../types.ts';

/** What the handlers of this room are made of. */
export interface TemplatesActionDeps {
  database: Database;
  templates: Templates;
  /** Transcode definitions that an application uses where a call names none. */
  defaultDefinitions(appId: string): Promise<readonly number[]>;
}
