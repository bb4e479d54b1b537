import { setTimeout as sleep } from 'node:timers/promises';
import type { EventData, VodEvent } from '../../e2e/testing/events.ts';
import type { Ledger } from '../model/ledger.ts';
import { GaveUp, type Insistence } from './insistence.ts';

/** Pulls the account's events into a ledger until it is stopped. */
export class Mailbox {
  /** Pulls that gave up, in words. */
  readonly problems: string[] = [];
  readonly #service: Insistence;
  readonly #ledger: Ledger;
  readonly #pulling: Promise<void>;
  #stopped = false;

  constructor(service: Insistence, ledger: Ledger) {
    this.#service = service;
    this.#ledger = ledger;
    this.#pulling = this.#pull();
    // Awaited by `stop`.
    this.#pulling.catch(() => {});
  }

  /** Resolves when every event has come that the ledger waits for, or nothing more came for `patience` ms. */
  async settle(patience: number): Promise<void> {
    let deadline = Date.now() + patience;
    let seen = this.#ledger.events.length;
    while (this.#ledger.missingEvents().length > 0 && Date.now() < deadline) {
      await sleep(100);
      if (this.#ledger.events.length > seen) deadline = Date.now() + patience;
      seen = this.#ledger.events.length;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#pulling;
  }

  async #pull(): Promise<void> {
    while (!this.#stopped) {
      try {
        const pulled = await this.#service.until('PullEvent', (call) => call('PullEvent'));
        const list = (pulled.eventList ?? []) as { msgHandle: string; eventContent: VodEvent }[];
        if (pulled.code !== 0) this.problems.push(`PullEvent answered ${pulled.code} ${pulled.message}`);
        // Kept before they are confirmed: a server that dies in between sends them again, never not at all.
        for (const { eventContent } of list) this.#keep(eventContent);
        if (list.length === 0) {
          if (pulled.code !== 0) await sleep(1000);
          continue;
        }
        const handles = Object.fromEntries(
          list.map(({ msgHandle }, index) => [`msgHandle.${index}`, msgHandle]),
        );
        const confirmed = await this.#service.until('ConfirmEvent', (call) => call('ConfirmEvent', handles));
        if (confirmed.code !== 0)
          this.problems.push(`ConfirmEvent answered ${confirmed.code} ${confirmed.message}`);
      } catch (error) {
        if (!(error instanceof GaveUp)) throw error;
        this.problems.push(error.message);
      }
    }
  }

  #keep({ eventType, data }: VodEvent): void {
    const ids: string[] = [data.fileId, ...(data.fileInfo ?? []).map((one: EventData) => one.fileId)];
    for (const fileId of ids.filter((id) => id !== undefined)) {
      this.#ledger.told({
        type: eventType,
        fileId,
        ...(data.vodTaskId !== undefined && { taskId: data.vodTaskId }),
        ...(data.status !== undefined && { status: data.status }),
      });
    }
  }
}
