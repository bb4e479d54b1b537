import type { Ticket } from './flow-table.ts';
import type { Places } from './lanes.ts';

export type { Ticket } from './flow-table.ts';

/**
 * Brings tickets to workers. A ticket says that a flow wants a worker, no more: the flow's row is the truth, so a
 * ticket may come twice or too late, and a lost one is sent again at the next look at the table.
 */
export interface Dispatcher {
  /**
   * Begins to call `work`, for each lane as many times at once as it has places (0: never, this process only sends such tickets), tickets
   * of higher priority first. `work` must not reject.
   */
  start(work: (flowId: string) => Promise<void>, places: Places): Promise<void>;
  /**
   * Sends tickets; one whose flow already has a waiting ticket is dropped.
   * @throws DatabaseUnavailable where tickets travel through a database that is away; then some may have been sent
   */
  send(tickets: readonly Ticket[]): Promise<void>;
  /** Takes no more tickets, and resolves when the work under way has ended. Waiting tickets may be lost. */
  stop(): Promise<void>;
}
