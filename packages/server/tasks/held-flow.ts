import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../common/clocks/clock.ts';
import { type Outage, outageOf } from '../common/faults/outage.ts';
import type { Logger } from '../common/log.ts';
import { Mutex } from '../common/mutex.ts';
import type { Executor } from '../database/index.ts';
import { type FlowStore, LeaseLostError } from './flows.ts';
import type { Lane } from './lanes.ts';
import type { Outages } from './outages.ts';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';
import type { EndOptions, Failure, FlowControl, Outcome } from './types.ts';

const PULSE_MS = 1000;

/** A flow that this process works on: keeps its lease, writes its progress, and fences every write with the lease. */
export class HeldFlow implements FlowControl {
  readonly token: string;
  readonly #store: FlowStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #outages: Outages;
  readonly #leaseMs: number;
  readonly #abort = new AbortController();
  readonly #pulse: NodeJS.Timeout;
  /** One write at a time, each made from what the one before it left. */
  /** bounded by: the jobs of the flow */
  readonly #writing = new Mutex();
  /** Not yet written, by index. */
  /** bounded by: the jobs of the flow */
  readonly #progress = new Map<number, number>();
  /** A beat that is under way, or waits for its turn: one at a time, also when the database takes long. */
  #beating = false;
  #flow: FlowRecord;
  /** When the lease runs out unless it is renewed. */
  #until: number;

  /** `flow` was just claimed. */
  constructor(
    flow: FlowRecord,
    deps: { store: FlowStore; clock: Clock; log: Logger; outages: Outages; leaseMs: number },
  ) {
    if (flow.lease === null) throw new Error(`flow ${flow.id} is not held`);
    this.token = flow.lease.token;
    this.#flow = flow;
    this.#until = flow.lease.until;
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#outages = deps.outages;
    this.#leaseMs = deps.leaseMs;
    this.#pulse = setInterval(() => void this.#beat(), Math.min(PULSE_MS, deps.leaseMs / 3));
  }

  get lane(): Lane {
    return this.#flow.lane;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get finished(): boolean {
    return this.#flow.status === 'finished';
  }

  /** All of its jobs have come to something: the store, the database and the disk are at hand. */
  get succeeded(): boolean {
    return this.finished && this.#flow.failure === null;
  }

  async started(indexes: readonly number[]): Promise<void> {
    await this.change((flow) => state.start(flow, indexes, this.#clock()));
  }

  progress(index: number, fraction: number): void {
    this.#progress.set(index, fraction);
  }

  async ended(outcomes: readonly Outcome[], { within, ...more }: EndOptions = {}): Promise<void> {
    await this.change((flow) => state.end(flow, outcomes, more, this.#clock()), within);
    for (const outcome of outcomes)
      if ('failure' in outcome) this.#tell(outcome.index, outcome.failure, more.log);
  }

  /** What the operator should know without asking; that a video was deleted is no news. */
  #tell(index: number, { kind, message }: Failure, log = ''): void {
    if (kind === 'cancelled') return;
    const { id, videoId, jobs } = this.#flow;
    const job = { index, type: jobs[index]?.type };
    this.#log.warn({ flow: id, video: videoId, job, code: kind, reason: message, log }, 'a task failed');
  }

  /** Moves the flow to its next state, as soon as the database can. @throws LeaseLostError, and then nothing is written */
  change(step: (flow: FlowRecord) => FlowRecord, within?: (trx: Executor) => Promise<void>): Promise<void> {
    return this.waitOut(() =>
      this.#exclusively(async () => {
        this.#flow = await this.#store.change(this.#flow.id, this.token, step, this.#clock(), within);
      }),
    );
  }

  async waitOut<T>(work: () => Promise<T>): Promise<T> {
    const met = new Set<Outage>();
    for (;;) {
      try {
        const result = await work();
        for (const outage of met) this.#outages.over(outage);
        return result;
      } catch (error) {
        const outage = outageOf(error);
        if (outage === null) throw error;
        met.add(outage);
        await this.#pause(this.#outages.meet(outage, error));
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    try {
      await sleep(ms, undefined, { signal: this.signal });
    } catch {
      throw this.signal.reason;
    }
  }

  /** Stops the work; `reason` is what its signal throws. */
  stop(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Ends the pulse. */
  close(): void {
    clearInterval(this.#pulse);
  }

  /** Renews the lease when a third of it is over, and writes progress when there is some. */
  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    try {
      await this.#exclusively(async () => {
        const now = this.#clock();
        const left = this.#until - now;
        // More than all of it is left when the clock went back: others would take it for nobody's.
        const isDue = left <= (this.#leaseMs * 2) / 3 || left > this.#leaseMs;
        if (this.#flow.lease === null || this.signal.aborted || (!isDue && this.#progress.size === 0)) return;
        const flow = state.advance(this.#flow, this.#progress, now);
        this.#progress.clear();
        await this.#renew(flow, now);
      });
    } finally {
      this.#beating = false;
    }
  }

  async #renew(flow: FlowRecord, now: number): Promise<void> {
    const until = now + this.#leaseMs;
    try {
      if (await this.#store.renew(flow, { token: this.token, until })) {
        this.#flow = flow;
        this.#until = until;
      } else {
        this.stop(new LeaseLostError(`flow ${flow.id} is not ours any more`));
      }
    } catch (error) {
      const outage = outageOf(error);
      if (outage !== null) {
        // Whoever takes it over cannot reach the database either, or has it by now and is told so by the next beat, which
        // stops us. Every write is fenced, so work that went on for nothing does no harm; work that was dropped is lost.
        this.#outages.meet(outage, error);
        return;
      }
      this.#log.warn({ err: error, flow: flow.id }, 'the lease of a task could not be renewed');
      // Nobody can tell us whether another worker has it by now: assume it.
      if (now >= this.#until) this.stop(new LeaseLostError(`the lease of flow ${flow.id} ran out`));
    }
  }

  async #exclusively(write: () => Promise<void>): Promise<void> {
    const letGo = await this.#writing.acquire();
    try {
      await write();
    } finally {
      letGo();
    }
  }
}
