import type { Executor } from '../../database/index.ts';
import type { Library } from '../../library/types.ts';
import { noStorageLeft } from './refusals.ts';
import { unfinishedBytes } from './sessions.ts';

/**
 * Whether an application has room for a file that is to come, beside what it has and what its unfinished uploads will become.
 * @param trx the transaction that begins the upload, which reserves the room; elsewhere nothing is reserved
 * @param size bytes
 * @throws Refused `storage.quota`
 */
export async function requireStorage(
  { library }: { library: Library },
  trx: Executor,
  appId: string,
  size: number,
): Promise<void> {
  const left = await library.storage.left(trx, appId, () => unfinishedBytes(trx, appId));
  if (left !== null && size > left) throw noStorageLeft(appId, size, left);
}
