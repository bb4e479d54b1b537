import type { Action, ParamsOf, ResultOf } from '@openvod/contract/v2';
import type { Call } from '../call.ts';

/** The code that answers an action: it translates names, units and lists, and decides nothing. */
export interface ActionHandler<A extends Action = Action> {
  action: A;
  run(params: ParamsOf<A>, call: Call): Promise<ResultOf<A>>;
}

/** Joins a contract file with the code that answers it. */
export function handler<A extends Action>(action: A, run: ActionHandler<A>['run']): ActionHandler<A> {
  return { action, run };
}
