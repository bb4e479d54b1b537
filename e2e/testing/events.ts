import assert from 'node:assert/strict';
import type { Caller } from './caller.ts';

/** The `data` of an event. */
// biome-ignore lint/suspicious/noExplicitAny: events are checked by value
export type EventData = Record<string, any>;

export interface VodEvent {
  version: string;
  eventType: string;
  data: EventData;
}

/** Pulls events, confirms them and keeps them all. */
export class Inbox {
  readonly events: VodEvent[] = [];

  /** One PullEvent, which waits up to 5 s, and its confirmation. */
  async pull(call: Caller): Promise<void> {
    const { code, message, eventList = [] } = await call('PullEvent');
    assert.equal(code, 0, message);
    // Kept before they are confirmed: a server that dies in between sends them again, never not at all.
    const handles = (eventList as { msgHandle: string; eventContent: VodEvent }[]).map(
      ({ msgHandle, eventContent }, index) => {
        this.events.push(eventContent);
        return [`msgHandle.${index}`, msgHandle] as const;
      },
    );
    if (handles.length === 0) return;
    const confirmed = await call('ConfirmEvent', Object.fromEntries(handles));
    assert.equal(confirmed.code, 0, confirmed.message);
  }

  /** The events of a type about a video that came so far. */
  about(fileId: string, eventType: string): EventData[] {
    const isAbout = (data: EventData) =>
      data.fileId === fileId || data.fileInfo?.some((one: EventData) => one.fileId === fileId);
    return this.events.filter((event) => event.eventType === eventType && isAbout(event.data)).map(dataOf);
  }

  /** Pulls until the event has come. Rejects when it has not after a minute. */
  async waitFor(call: Caller, fileId: string, eventType: string): Promise<EventData> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const [found] = this.about(fileId, eventType);
      if (found) return found;
      assert.ok(Date.now() < deadline, `no ${eventType} of ${fileId} came within a minute`);
      await this.pull(call);
    }
  }
}

function dataOf({ data }: VodEvent): EventData {
  return data;
}
