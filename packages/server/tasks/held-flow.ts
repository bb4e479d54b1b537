import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import { Mutex } from '../common/mutex.ts';
import { type FlowStore, LeaseLostError } from './flows.ts';
import type { FlowRecord } from './state.ts';
import * as state from './state.ts';
import type { FlowControl } from './types.ts';

const PULSE_MS = 1000;

/** A flow that this process works on: keeps its lease, writes its progress, and fences every write with the lease. */
export class HeldFlow implements FlowControl {
  readonly #store: FlowStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #leaseMs: number;
  readonly #abort = new AbortController();
  readonly #pulse: NodeJS.Timeout;
  /** One write at a time, each made from what the one before it left. */
  readonly #writing = new Mutex();
  readonly #progress = new Map<number, number>();
  readonly #token: string;
  #flow: FlowRecord;
  #until: number;
  #completed = false;

  constructor(
    flow: FlowRecord,
    deps: { store: FlowStore; clock: Clock; log: Logger; leaseMs: number; pulseMs?: number },
  ) {
    this.#flow = flow;
    this.#token = flow.lease!.token;
    this.#until = flow.lease!.until;
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#leaseMs = deps.leaseMs;
    this.#pulse = setInterval(() => void this.#beat(), Math.min(deps.pulseMs ?? PULSE_MS, deps.leaseMs / 3));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get token(): string {
    return this.#token;
  }

  get completed(): boolean {
    return this.#completed;
  }

  async started(indexes: readonly number[]): Promise<void> {
    await this.#change((flow) => state.start(flow, indexes, this.#clock()));
  }

  progress(index: number, fraction: number): void {
    this.#progress.set(index, fraction);
  }

  async complete(...[outcomes, within, log = '']: Parameters<FlowControl['complete']>): Promise<void> {
    await this.#change((flow) => state.complete(flow, outcomes, log, this.#clock()), within);
    this.#completed = true;
  }

  /** Gives the flow away: to wait, or to end without a result. */
  async letGo(step: (flow: FlowRecord) => FlowRecord): Promise<void> {
    await this.#change(step);
  }

  /** Stops the work; `reason` is what its signal throws. */
  stop(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Ends the pulse. */
  close(): void {
    clearInterval(this.#pulse);
  }

  async #change(
    ...[step, within]: [Parameters<FlowStore['change']>[2], Parameters<FlowStore['change']>[4]?]
  ) {
    await this.#exclusively(async () => {
      this.#flow = await this.#store.change(this.#flow.id, this.#token, step, this.#clock(), within);
      this.#until = this.#flow.lease?.until ?? this.#until;
    });
  }

  async #beat(): Promise<void> {
    await this.#exclusively(async () => {
      const now = this.#clock();
      const isDue = now >= this.#until - (this.#leaseMs * 2) / 3;
      if (this.#flow.lease === null || this.signal.aborted || (!isDue && this.#progress.size === 0)) return;
      const flow = state.advance(this.#flow, this.#progress, now);
      this.#progress.clear();
      const lease = { token: this.#token, until: now + this.#leaseMs };
      try {
        if (!(await this.#store.renew(flow, lease))) {
          this.stop(new LeaseLostError(`flow ${flow.id} is not ours any more`));
          return;
        }
        this.#flow = { ...flow, lease };
        this.#until = lease.until;
      } catch (error) {
        this.#log.warn({ err: error, flow: flow.id }, 'the lease of a task could not be renewed');
        // Nobody can tell us that another worker has it by now: assume it.
        if (now >= this.#until) this.stop(new LeaseLostError(`the lease of flow ${flow.id} ran out`));
      }
    });
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
