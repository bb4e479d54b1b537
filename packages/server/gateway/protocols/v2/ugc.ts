import { Refused } from '../../../common/faults/refused.ts';
import type { Protocol } from '../protocol.ts';
import { type Actions, actionNameIn, protocolOf } from './actions.ts';
import { REFUSE } from './answers.ts';

/**
 * Calls of client uploads (docs/wire/uploads.md): the action in the query, the rest in a JSON body. None of them is offered
 * yet, but their clients must be able to read that.
 */
export function ugcProtocol(actions: Actions): Protocol {
  return {
    name: 'v2-ugc',
    claims: ({ query }) => protocolOf(actionNameIn(query.pairs)) === 'ugc',
    repeatable: true,
    streams: false,

    async read({ query }) {
      const { action } = actions.find(actionNameIn(query.pairs));
      throw new Refused('call.planned', `Action ${action.name} is not offered yet`);
    },

    async prove() {
      throw new Refused('call.planned', 'client uploads are not offered yet');
    },
    answer: () => {
      throw new Error('client uploads are not offered yet');
    },
    refuse: (refused) => REFUSE.ugc(refused, null),
  };
}
