import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import { changeTemplate, createTemplate, removeTemplate } from './change.ts';
import { getTemplates, listTemplates, requireTemplates } from './read.ts';
import type { Templates } from './types.ts';
import * as handlers from './v2/all.ts';
import type { TemplatesActionDeps } from './v2/deps.ts';

export {
  type BodyOf,
  /** @public The page on templates is held against them. */
  KINDS,
  type TemplateKind,
} from './kinds/all.ts';
export type { Patch } from './patch.ts';
export { presetOf } from './presets.ts';
export type { NewTemplate, Template, TemplateChange, TemplateList, Templates } from './types.ts';

export interface TemplatesRoom {
  templates: Templates;
  v2: ActionHandler[];
}

export interface TemplatesDeps {
  database: Database;
  /** Of an application; none when left out. */
  defaultDefinitions?: TemplatesActionDeps['defaultDefinitions'];
}

/** What the numbers that callers name stand for: presets, and what each application made for itself. */
export function createTemplates({
  database,
  defaultDefinitions = async () => [],
}: TemplatesDeps): TemplatesRoom {
  const templates: Templates = {
    get: async (db, appId, kind, id) => (await getTemplates(db, appId, kind, [id])).get(id) ?? null,
    getMany: getTemplates,
    require: requireTemplates,
    list: listTemplates,
    create: (appId, kind, wish, now) =>
      database.transaction((trx) => createTemplate(trx, appId, kind, wish, now)),
    change: (appId, kind, id, change, now) =>
      database.transaction((trx) => changeTemplate(trx, appId, kind, id, change, now)),
    remove: (appId, kind, id) => database.transaction((trx) => removeTemplate(trx, appId, kind, id)),
  };
  return { templates, v2: handlersOf(handlers, { database, templates, defaultDefinitions }) };
}
