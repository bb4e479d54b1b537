import type { Migration } from 'kysely/migration';
import * as accounts from './001_accounts.ts';
import * as library from './002_library.ts';
import * as upload from './003_upload.ts';
import * as tasks from './004_tasks.ts';
import * as events from './005_events.ts';
import * as gateway from './006_gateway.ts';
import * as outputs from './007_outputs.ts';
import * as internalEvents from './008_events.ts';
import * as settings from './009_settings.ts';
import * as templates from './010_templates.ts';
import * as flows from './011_flows.ts';
import * as keysAndQuotas from './012_accounts.ts';
import * as pictures from './013_pictures.ts';

/** In order of their names; one that has been released never changes. */
export const migrations: Record<string, Migration> = {
  '001_accounts': accounts,
  '002_library': library,
  '003_upload': upload,
  '004_tasks': tasks,
  '005_events': events,
  '006_gateway': gateway,
  '007_outputs': outputs,
  '008_events': internalEvents,
  '009_settings': settings,
  '010_templates': templates,
  '011_flows': flows,
  '012_accounts': keysAndQuotas,
  '013_pictures': pictures,
};
