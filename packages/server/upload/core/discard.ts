import type { Executor } from '../../database/index.ts';
import type { UploadContext } from './context.ts';
import { deleteSession, type Session, updateSession } from './sessions.ts';

/** Ends an unfinished upload; from here on nobody writes to it. False when it has ended already. */
export async function markDiscarded(
  trx: Executor,
  { id }: Pick<Session, 'id'>,
  from: readonly ('open' | 'sealed')[] = ['open', 'sealed'],
): Promise<boolean> {
  return updateSession(trx, id, from, { status: 'discarded' });
}

/** Removes what is stored of a discarded upload, its row last: if we are killed, the sweep does it. */
export async function discard({ database, store, live }: UploadContext, session: Session): Promise<void> {
  live.forget(session.id);
  await store.assembly(session.id).discard();
  // There is one if we were killed between joining the parts and registering the file.
  await store.delete(session.object_key);
  await database.transaction((trx) => deleteSession(trx, session.id));
}
