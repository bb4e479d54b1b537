import { Refused } from '../common/faults/refused.ts';
import { type Executor, lockUntilEnd } from '../database/index.ts';
import { countUnfinished } from './flow-table.ts';

/** The most tasks of an application that wait or are under way at a time; null for no limit. */
export type TaskQuota = (appId: string, db: Executor) => Promise<number | null>;

/**
 * Whether an application may have the flows that it has now; to be asked in the transaction that adds one, after everything
 * else that locks rows. Others of the application who ask wait until it ends, so not even many at once get past the limit.
 * @throws Refused `task.quota`
 */
export async function requireWithinQuota(trx: Executor, quota: TaskQuota, appId: string): Promise<void> {
  const most = await quota(appId, trx);
  if (most === null) return;
  await lockUntilEnd(trx, `tasks ${appId}`);
  if ((await countUnfinished(trx, appId)) <= most) return;
  throw new Refused(
    'task.quota',
    `application ${appId} may have ${most} unfinished tasks: try again when one has ended`,
  );
}
