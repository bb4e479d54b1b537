import {
  type Action,
  actionByName,
  isOffered,
  isOfLaterGeneration,
  type Pair,
  type ProtocolName,
} from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { ActionHandler } from '../../../common/v2/handler.ts';

/** The actions that this service answers, by whatever name clients use for them. */
export interface Actions {
  /** @throws Refused `call.action` or `call.planned`, saying what there is to say of the name */
  find(name: string | undefined): ActionHandler;
}

export function createActions(handlers: readonly ActionHandler[]): Actions {
  const byAction = new Map<Action, ActionHandler>(handlers.map((handler) => [handler.action, handler]));
  return {
    find(name) {
      if (!name) throw new Refused('call.action', 'Action is required');
      const action = actionByName(name);
      const handler = action && isOffered(action) ? byAction.get(action) : undefined;
      if (handler) return handler;
      if (action && 'draft' in action) {
        throw new Refused(
          'call.planned',
          `Action ${name} is not offered: it is a draft of the original that was never released`,
        );
      }
      if (action && 'nameOnly' in action) {
        throw new Refused(
          'call.planned',
          `Action ${name} is not offered: what is known of the original does not say enough of what it takes, does or answers`,
        );
      }
      if (action) throw new Refused('call.planned', `Action ${name} is not offered yet`);
      if (isOfLaterGeneration(name)) {
        throw new Refused(
          'call.planned',
          `Action ${name} belongs to the next generation of the API (2018-07-17), which is not offered yet`,
        );
      }
      throw new Refused('call.action', `Action ${name.slice(0, 64)} does not exist`);
    },
  };
}

/** The name of the action among some parameters; the last counts. */
export function actionNameIn(pairs: readonly Pair[]): string | undefined {
  return pairs.findLast(([name]) => name === 'Action' || name === 'action')?.[1];
}

/** How calls of an action travel, also of one that is not offered; undefined for a name that nobody knows. */
export function protocolOf(name: string | undefined): ProtocolName | undefined {
  return name ? actionByName(name)?.protocol : undefined;
}
