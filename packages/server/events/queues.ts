/** Names of queues. An application has two; what is in one is none of the other's business. */

/** What an application pulls or is called back with. */
export function queueOf(appId: string): string {
  return appId;
}

/** What goes to the addresses that callers gave for single tasks. */
export function taskQueueOf(appId: string): string {
  return `${appId}${TASKS}`;
}

/** The application of a queue, and which of its two it is. */
export function readQueue(queue: string): { appId: string; isTasks: boolean } {
  const isTasks = queue.endsWith(TASKS);
  return { appId: isTasks ? queue.slice(0, -TASKS.length) : queue, isTasks };
}

const TASKS = '/tasks';
