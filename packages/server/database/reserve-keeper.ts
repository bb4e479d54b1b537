import type { Logger } from '../common/log.ts';
import type { Database } from './database.ts';

const EVERY_MS = 60_000;
/** With less free, what is free is left to those who need it now. Bytes. */
const LEAST_FREE_BYTES = 32 * 1024 ** 2;

/** Has the database keep its reserve, at the start and once a minute, while its disk has room for it. */
export function createReserveKeeper(deps: {
  database: Pick<Database, 'keepReserve'>;
  /** Bytes on the disk of the database; null when unknown. */
  freeBytes(): Promise<number | null>;
  log: Logger;
}): { start(): Promise<void>; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let keeping: Promise<void> = Promise.resolve();

  async function keep(): Promise<void> {
    try {
      if (((await deps.freeBytes()) ?? 0) >= LEAST_FREE_BYTES) await deps.database.keepReserve();
    } catch (error) {
      deps.log.warn(
        { err: error },
        'the database could not keep room for a full disk; trying again in a minute',
      );
    }
  }

  return {
    async start() {
      await keep();
      timer = setInterval(() => {
        keeping = keeping.then(keep);
      }, EVERY_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await keeping;
    },
  };
}
