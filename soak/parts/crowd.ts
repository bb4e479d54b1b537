import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../e2e/testing/caller.ts';
import { Ledger } from '../model/ledger.ts';
import { Customer } from './customer.ts';
import { DEFINITIONS } from './deployment.ts';
import { Insistence } from './insistence.ts';
import { Mailbox } from './mailbox.ts';
import { lossesOf } from './observe.ts';

/** Events come within seconds; when none came for so long, none will. ms. */
const SILENCE_MS = 120_000;

/** Customers at work while a campaign does its worst, and the reckoning afterwards. */
export class Crowd {
  readonly ledger = new Ledger(DEFINITIONS);
  readonly service: Insistence;
  readonly #customers: Customer[];
  readonly #mailbox: Mailbox;
  readonly #working: Promise<unknown>;
  readonly #url: string;

  /** `patience`: ms that a call may go without an answer before that is a broken promise. */
  constructor(
    { call, url }: { call: Caller; url: string },
    { customers, random, patience }: { customers: number; random: () => number; patience?: number },
  ) {
    this.#url = url;
    this.service = new Insistence(call, { ...(patience !== undefined && { patience }) });
    this.#customers = Array.from(
      { length: customers },
      () => new Customer(this.service, this.ledger, random),
    );
    this.#mailbox = new Mailbox(this.service, this.ledger);
    this.#working = Promise.all(this.#customers.map((customer) => customer.work()));
    // Awaited by `reckon`.
    this.#working.catch(() => {});
  }

  /** Resolves when the tasks that customers wait for at this moment have ended, after `atMost` ms in any case. */
  async rest(atMost: number): Promise<void> {
    const deadline = Date.now() + atMost;
    const awaited = this.#customers.map(({ waitsFor }) => waitsFor);
    const isUnderWay = () =>
      this.#customers.some(({ waitsFor }, index) => waitsFor !== null && waitsFor === awaited[index]);
    while (isUnderWay() && Date.now() < deadline) await sleep(20);
  }

  /** Lets everybody finish, waits for the events that are owed, and compares. */
  async reckon(): Promise<{ figures: [string, string | number][]; lost: string[]; broken: string[] }> {
    for (const customer of this.#customers) customer.stop();
    await this.#working;
    await this.#mailbox.settle(SILENCE_MS);
    await this.#mailbox.stop();
    const lost = await this.losses();
    const films = [...this.ledger.films.values()];
    const broken = [
      ...this.#customers.flatMap(({ problems }) => problems),
      ...this.#mailbox.problems,
      ...this.ledger.failedTasks(),
    ];
    if (films.length === 0) broken.push('no film was uploaded: the campaign shows nothing');
    return {
      figures: [
        ['films', films.length],
        ['of them deleted', films.filter(({ fate }) => fate === 'deleted').length],
        ['events', this.ledger.events.length],
        [
          'uploads that went on after a break',
          this.#customers.reduce((sum, { resumed }) => sum + resumed, 0),
        ],
        ...this.service.figures(),
      ],
      lost,
      broken,
    };
  }

  /** What of all that was acknowledged is not so at this moment, in words. */
  async losses(): Promise<string[]> {
    const owed = this.ledger.missingEvents();
    const losses = await lossesOf(this.service, this.ledger, this.#url, await this.#appPath());
    return [...owed, ...losses];
  }

  /** What the paths of the account begin with, from a film that is still there. */
  async #appPath(): Promise<string> {
    for (const { fileId, fate } of this.ledger.films.values()) {
      if (fate !== 'kept') continue;
      const answer = await this.service.until('DescribeVodPlayUrls', (call) =>
        call('DescribeVodPlayUrls', { fileId }),
      );
      const url: string | undefined = answer.playSet?.[0]?.url;
      if (url) return new URL(url).pathname.split(`/${fileId}/`)[0]!;
    }
    return '';
  }
}
