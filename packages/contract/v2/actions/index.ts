import { type Action, GROUPS, type PlannedAction } from '../action.ts';
import * as all from './all.ts';

export * from './all.ts';

const EVERY: readonly (Action | PlannedAction)[] = Object.values(all);

/** Every action that this release offers, in the order of the reference: by group, then by name. */
export const ACTIONS: readonly Action[] = EVERY.filter(isOffered).sort(
  (a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group),
);

/** Every action of the original that is not offered. */
export const PLANNED_ACTIONS: readonly PlannedAction[] = EVERY.filter((action) => !isOffered(action));

const BY_NAME = new Map<string, Action | PlannedAction>(
  EVERY.flatMap((action) => [action.name, ...action.aliases].map((name) => [name, action] as const)),
);

/** Whether an action is offered, and not only known. */
export function isOffered(action: Action | PlannedAction): action is Action {
  return 'params' in action;
}

/**
 * The action of this name or alias, offered or planned. The case of the first letter does not matter: documents write
 * `describeVodInfo` now and then, SDKs turn it into `DescribeVodInfo`.
 */
export function actionByName(name: string): Action | PlannedAction | undefined {
  return BY_NAME.get(name) ?? BY_NAME.get(capitalised(name));
}

/** With a capital first letter, as all names of actions are written. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
