import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import type { Library } from '../library/index.ts';
import type { Failure } from '../tasks/index.ts';

/** What an application may still store, beside what its uploads have been promised. */
export interface StorageRoom {
  /** Bytes; null for no limit. Others who ask wait until the transaction ends; rows must be locked before. */
  left(trx: Executor, appId: string): Promise<number | null>;
  /**
   * Asked before work, so that it is not done in vain, and in the transaction that keeps what was made, which is what counts.
   * @throws Refused `storage.quota` when there are not so many bytes left
   */
  require(trx: Executor, appId: string, bytes: number): Promise<void>;
}

export function storageRoom(deps: {
  library: Pick<Library, 'storage'>;
  promisedBytes(trx: Executor, appId: string): Promise<number>;
}): StorageRoom {
  const left: StorageRoom['left'] = (trx, appId) =>
    deps.library.storage.left(trx, appId, () => deps.promisedBytes(trx, appId));
  return {
    left,
    async require(trx, appId, bytes) {
      const most = await left(trx, appId);
      if (most !== null && most < bytes) throw noStorage(appId);
    },
  };
}

/** Which of many bytes are those too many, nobody knows while a file is still coming. */
export function noStorage(appId: string): Refused {
  return new Refused('storage.quota', `application ${appId} has not enough storage left for it`);
}

/** How a flow ends that made more than there was room for; null for any other error. */
export function storageFailure(error: unknown): Failure | null {
  if (!(error instanceof Refused) || error.kind !== 'storage.quota') return null;
  return { kind: error.kind, message: error.message };
}
