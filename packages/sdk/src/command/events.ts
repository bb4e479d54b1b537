import { parseArgs } from 'node:util';
import { CALL_OPTIONS, clientFor, printJson } from './connect.ts';

/** `openvod events`: prints what waits and confirms it; with `--follow` goes on until interrupted. */
export async function events(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...CALL_OPTIONS, follow: { type: 'boolean', default: false } },
  });
  const client = clientFor(values);
  for (;;) {
    const { eventList } = await client.pullEvent({}, { signal });
    if (eventList.length === 0 && !values.follow) return;
    for (const { eventContent } of eventList) {
      if (values.json) printJson(eventContent);
      else process.stdout.write(`${eventContent.eventType}  ${JSON.stringify(eventContent.data)}\n`);
    }
    // Confirmed only after printing: whoever reads loses nothing when this process dies in between.
    const msgHandle = eventList.map((event) => event.msgHandle);
    if (msgHandle.length > 0) await client.confirmEvent({ msgHandle }, { signal });
  }
}
