import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import { createClass, removeClass, renameClass } from './change.ts';
import { existingClass, requireClass } from './existing.ts';
import { classNames, DEFAULT_CLASS } from './names.ts';
import { listClasses } from './tree.ts';
import type { Classes } from './types.ts';
import * as handlers from './v2/all.ts';

export { type Class, type ClassNode, treeOf } from './tree.ts';
export type { Classes } from './types.ts';

export interface ClassesRoom {
  classes: Classes;
  v2: ActionHandler[];
}

/** The class tree of each account. */
export function createClasses({ database }: { database: Database }): ClassesRoom {
  const classes: Classes = {
    require: requireClass,
    async orDefault(trx, appId, classId) {
      return (await existingClass(trx, appId, classId)) ?? DEFAULT_CLASS.id;
    },
    names: classNames,
    list: (appId) => listClasses(database.db, appId),
    create: (appId, wish, now) => database.transaction((trx) => createClass(trx, appId, wish, now)),
    rename: (appId, classId, name, now) =>
      database.transaction((trx) => renameClass(trx, appId, classId, name, now)),
    remove: removeClass,
  };
  return { classes, v2: handlersOf(handlers, { classes }) };
}
