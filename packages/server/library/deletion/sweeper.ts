import { faultLevel } from '../../database/index.ts';
import { type SweepDeps, sweep } from './sweep.ts';

const EVERY_MS = 5000;

export interface Sweeper {
  start(): void;
  /** Resolves once nothing runs any more. */
  stop(): Promise<void>;
  /** Sweeps now instead of at the next turn of the clock. Never needed, only quicker. */
  wake(): void;
}

/** Sweeps every few seconds, one sweep at a time. */
export function createSweeper(deps: SweepDeps): Sweeper {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;
  let again = false;

  function wake(): void {
    if (timer === undefined || stopping.signal.aborted) return;
    again = true;
    sweeping ??= run();
  }

  async function run(): Promise<void> {
    try {
      while (again && !stopping.signal.aborted) {
        again = false;
        await sweep(deps, stopping.signal);
      }
    } catch (error) {
      deps.log[faultLevel(error)](
        { err: error },
        'deleted and expired videos could not be swept; trying again later',
      );
    } finally {
      sweeping = undefined;
    }
  }

  return {
    start() {
      timer ??= setInterval(wake, EVERY_MS).unref();
      wake();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await sweeping;
    },
    wake,
  };
}
