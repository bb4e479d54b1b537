import type { DataFolder } from '../common/data-folder/data-folder.ts';
import { OUTAGES, outageOf } from '../common/faults/outage.ts';
import type { Database } from '../database/index.ts';
import { type Dependency, Impaired } from '../operations/index.ts';
import type { ObjectStore } from '../storage/index.ts';

/** Names of what is watched in the data folder, as the log and `/readyz` have them. */
export const WATCHED = { folder: 'data folder', database: 'database', objects: 'storage' } as const;

/** What `/readyz` asks: database, storage and the disk of the data folder, each by itself. */
export function dependenciesOf({
  database,
  store,
  dataFolder,
}: {
  database: Database;
  store: ObjectStore;
  dataFolder: DataFolder;
}): Dependency[] {
  const requirePresent = (name: string) => {
    if (dataFolder.gone().includes(name)) throw new Impaired('its files are gone', { serves: false });
  };
  return [
    {
      name: 'database',
      async check() {
        requirePresent(WATCHED.database);
        await database.check().catch(inWords);
      },
    },
    {
      name: 'storage',
      async check() {
        requirePresent(WATCHED.objects);
        await store.check().catch(inWords);
      },
    },
    {
      name: 'disk',
      async check() {
        const shortage = await dataFolder.shortage();
        if (dataFolder.gone().includes(WATCHED.folder)) {
          throw new Impaired('the data folder is gone', { serves: false });
        }
        if (shortage !== null) throw new Impaired(shortage, { serves: true });
      },
    },
  ];
}

/** A full store can be read and deleted from: a node that is taken out for it would serve nobody. */
function inWords(error: unknown): never {
  const outage = outageOf(error);
  throw outage === null ? error : new Impaired(OUTAGES[outage], { serves: outage === 'space', cause: error });
}
