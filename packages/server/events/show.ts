import type { Logger } from '../common/log.ts';
import type { ClaimedEvent, Outbox } from './outbox.ts';
import type { Form } from './types.ts';

/** Shows claimed events to a reader in its form. */
export type Show = <T>(
  events: readonly ClaimedEvent[],
  form: Form<T>,
) => Promise<{ event: ClaimedEvent; content: T }[]>;

/**
 * An event that cannot be shown must not hold up those behind it: it is set aside with the reason, and the log says so. What
 * it waits for is another version of the service, so the next start tries it again.
 */
export function createShow({ outbox, log }: { outbox: Outbox; log: Logger }): Show {
  return async (events, form) => {
    const seen: { event: ClaimedEvent; content: ReturnType<typeof form> }[] = [];
    for (const event of events) {
      try {
        seen.push({ event, content: form(event) });
      } catch (error) {
        log.error({ err: error, event: event.id, type: event.type }, 'an event cannot be shown, set aside');
        await outbox.setAside(event.id, error instanceof Error ? error.message : String(error));
      }
    }
    return seen;
  };
}
