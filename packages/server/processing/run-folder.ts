import path from 'node:path';
import { videoPrefix } from '../common/object-keys.ts';
import type { Executor } from '../database/index.ts';
import type { Library } from '../library/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { TaskFlow } from '../tasks/index.ts';

/**
 * Every start of a flow stores what it makes in a folder of its own below the video's. So two workers that both believe
 * to have a flow never write the same object, what a failed start left can be removed without looking, addresses may be
 * cached for ever, and a flow that is redone replaces its files at once, in the transaction that changes the rows.
 */
export function runFolder(flow: Pick<TaskFlow, 'id' | 'appId' | 'videoId'>, run: number): string {
  return `${videoPrefix(flow.appId, flow.videoId)}${flow.id.slice(-12)}-${run}/`;
}

/** Removes those folders that no rendition of the video lies in. */
export async function removeUnused(
  deps: { library: Library; store: ObjectStore },
  db: Executor,
  { appId, videoId }: Pick<TaskFlow, 'appId' | 'videoId'>,
  folders: Iterable<string>,
): Promise<void> {
  const used = new Set((await deps.library.outputs.of(db, appId, videoId)).map(({ key }) => folderOf(key)));
  for (const folder of folders) {
    if (!used.has(folder)) await deps.store.deletePrefix(folder);
  }
}

/** The folder of a key, with its closing slash. */
export function folderOf(key: string): string {
  return `${path.posix.dirname(key)}/`;
}
