import { type EventEnvelope, eventEnvelope } from '@openvod/contract/v2';
import type { EventViews, ShownEvent, ViewContext } from '../../common/v2/event-view.ts';
import type { Form } from '../types.ts';

/** What version 0.1 wrote: the envelope itself, with the addresses of that time. */
const WRITTEN_BY_0_1 = 'v2.envelope';

/** Events as version 2 sees them: in pulls, and as the body of a callback. */
export function envelopeForm<E>(views: EventViews<E>, context: ViewContext): Form<EventEnvelope> {
  // What came out of the database under a type has the payload of that type.
  const byType = new Map<string, (payload: never, context: ViewContext) => ShownEvent>(Object.entries(views));
  return ({ type, payload }) => {
    if (type === WRITTEN_BY_0_1) return payload as EventEnvelope;
    const view = byType.get(type);
    if (!view) throw new Error(`version 2 has no view of events of type ${type}`);
    const { eventType, data } = view(payload as never, context);
    return eventEnvelope(eventType, data);
  };
}
