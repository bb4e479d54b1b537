import type { Migration } from 'kysely/migration';
import * as accounts from './001_accounts.ts';
import * as library from './002_library.ts';
import * as upload from './003_upload.ts';
import * as tasks from './004_tasks.ts';
import * as events from './005_events.ts';
import * as gateway from './006_gateway.ts';

/** In order of their names; one that has been released never changes. */
export const migrations: Record<string, Migration> = {
  '001_accounts': accounts,
  '002_library': library,
  '003_upload': upload,
  '004_tasks': tasks,
  '005_events': events,
  '006_gateway': gateway,
};
