import { type Action, GROUPS } from './action.ts';
import * as actions from './actions/index.ts';
import { capitalised } from './actions/not-offered.ts';
import type { EventType } from './events/event.ts';
import * as events from './events/index.ts';

/** Every action that this release offers, in the order of the reference: by group, then by name. */
export const ACTIONS: readonly Action[] = Object.values<Action>(actions).sort(
  (a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || (a.name < b.name ? -1 : 1),
);

/** Every event type that this release sends, by name. */
export const EVENTS: readonly EventType[] = Object.values<EventType>(events);

const BY_NAME = new Map<string, Action>(
  ACTIONS.flatMap((action) => [action.name, ...action.aliases].map((name) => [name, action] as const)),
);

/**
 * The action of this name or alias. The case of the first letter does not matter: documents write
 * `describeVodInfo` now and then, SDKs turn it into `DescribeVodInfo`.
 */
export function actionByName(name: string): Action | undefined {
  return BY_NAME.get(name) ?? BY_NAME.get(capitalised(name));
}
