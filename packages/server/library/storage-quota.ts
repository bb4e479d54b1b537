import { type Executor, lockUntilEnd } from '../database/index.ts';
import { EVER } from './catalogue/counting/spans.ts';
import { listByTime } from './catalogue/listing/by-time.ts';
import { storedBytes } from './stored-bytes.ts';

/** The most that the files of an application may take together, bytes; null for no limit. */
export type StorageQuota = (appId: string, db: Executor) => Promise<number | null>;

/** What other rooms may ask of the room that an application's files take. */
export interface Storage {
  /**
   * Bytes that an application may still store; 0 or less when there is no room, null for no limit. Others of the application who
   * ask wait until the transaction ends; rows must be locked before.
   * @param reserved bytes that are promised and not stored yet. It is asked before what is stored is read: what is being stored
   * meanwhile may count twice, never not at all
   */
  left(trx: Executor, appId: string, reserved?: () => Promise<number>): Promise<number | null>;
}

export function createStorage(quota: StorageQuota): Storage {
  return {
    async left(trx, appId, reserved = async () => 0) {
      const most = await quota(appId, trx);
      if (most === null) return null;
      await lockUntilEnd(trx, `storage ${appId}`);
      const promised = await reserved();
      return most - promised - (await storedBytes(trx, appId));
    },
  };
}

/** What an application has: videos, and bytes of all that these have. */
export async function usedStorage(db: Executor, appId: string): Promise<{ videos: number; bytes: number }> {
  const page = { newestFirst: true, skip: 0, take: 0 };
  const [{ total: videos }, bytes] = await Promise.all([
    listByTime(db, appId, { created: EVER }, page),
    storedBytes(db, appId),
  ]);
  return { videos, bytes };
}
