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
import * as uploadWishes from './014_upload_wishes.ts';
import * as watermarkPictures from './015_watermark_pictures.ts';
import * as clientUploads from './016_client_uploads.ts';
import * as domainSettings from './017_domain_settings.ts';
import * as stats from './018_stats.ts';
import * as endedFlows from './019_ended_flows.ts';
import * as marks from './019_marks.ts';
import * as dataKeys from './020_data_keys.ts';
import * as uploadNotify from './021_upload_notify.ts';
import * as lanes from './022_lanes.ts';

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
  '014_upload_wishes': uploadWishes,
  '015_watermark_pictures': watermarkPictures,
  '016_client_uploads': clientUploads,
  '017_domain_settings': domainSettings,
  '018_stats': stats,
  '019_ended_flows': endedFlows,
  '019_marks': marks,
  '020_data_keys': dataKeys,
  '021_upload_notify': uploadNotify,
  '022_lanes': lanes,
};
