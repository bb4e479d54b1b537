import type { DiskRoom } from '../common/data-folder/data-folder.ts';
import type { Logger } from '../common/log.ts';
import { type Config, SETTINGS } from '../config.ts';
import { NoSpaceError, type ObjectStore, openStore } from '../storage/index.ts';
import { waitFor } from './errors.ts';

/** Opens the object store. @throws StartError when it does not answer in time; a full one opens */
export async function openStoreAtStart(config: Config, log: Logger, disk: DiskRoom): Promise<ObjectStore> {
  const { storageUrl: url, dataDir } = config;
  const store = await openStore(url, dataDir, disk);
  if (url === undefined) return store;
  const needed = { name: 'store', setting: SETTINGS.storageUrl.variable, place: placeOfStore(url) };
  try {
    await waitFor({ ...needed, timeoutMs: config.startTimeoutSeconds * 1000, log }, () => checkOrFull(store));
    return store;
  } catch (error) {
    store.close().catch(() => {});
    throw error;
  }
}

async function checkOrFull(store: ObjectStore): Promise<void> {
  try {
    await store.check();
  } catch (error) {
    if (!(error instanceof NoSpaceError)) throw error;
  }
}

function placeOfStore(text: string): string {
  const url = new URL(text);
  const endpoint = URL.parse(url.searchParams.get('endpoint') ?? '');
  return endpoint ? `bucket ${url.hostname} at ${endpoint.host}` : `bucket ${url.hostname}`;
}
