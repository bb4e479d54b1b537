import { randomBytes } from 'node:crypto';
import { Refused } from '../common/faults/refused.ts';
import type { Database, Executor } from '../database/index.ts';
import { seal, unseal } from './master-key.ts';
import type { MasterKeys } from './master-keys.ts';
import { tables } from './tables.ts';

/** AES-128. */
const KEY_BYTES = 16;
/** Far from any chance that two are the same, and like no other key: 44 characters. */
const NAME_BYTES = 33;

/** What media is encrypted with. */
export interface DataKey {
  /** Its public name, Base64: it stands in playlists and says nothing of the key. */
  edk: string;
  /** 16 bytes; whoever is done with them overwrites them. */
  bytes: Buffer;
}

/** For whom a key is made. */
export interface KeyOwner {
  appId: string;
  videoId: string;
  flowId: string;
}

export interface DataKeys {
  /**
   * The key of a flow, made when it is asked for the first time: a flow that is begun again goes on with it.
   * @throws KeyMissingError when there is no master key to seal it, or another has
   */
  ofFlow(owner: KeyOwner, now: number): Promise<DataKey>;
  /**
   * Keys of an application by their public names, in the order of these, a repeated one again. All or none.
   * @throws Refused `dataKey.notFound`; KeyMissingError
   */
  open(appId: string, edks: readonly string[]): Promise<DataKey[]>;
  /** The application and the video that a key was made for; null when there is no such key. */
  ownerOf(edk: string): Promise<Pick<KeyOwner, 'appId' | 'videoId'> | null>;
}

export function createDataKeys({
  database,
  masterKeys,
}: {
  database: Database;
  masterKeys: MasterKeys;
}): DataKeys {
  const { db } = database;
  return {
    async ofFlow(owner, now) {
      const found = await rowOfFlow(db, owner.flowId);
      if (found) return opened(masterKeys, found);
      const row = await database.transaction((trx) => insert(trx, masterKeys, owner, now));
      return opened(masterKeys, row);
    },

    async open(appId, edks) {
      const rows = await tables(db)
        .selectFrom('data_keys')
        .selectAll()
        .where('edk', 'in', [...new Set(edks)])
        .where('app_id', '=', appId)
        .execute();
      return edks.map((edk) => {
        const row = rows.find((one) => one.edk === edk);
        if (!row) throw new Refused('dataKey.notFound', 'the application has no such key', { field: 'edks' });
        return opened(masterKeys, row);
      });
    },

    async ownerOf(edk) {
      const row = await tables(db)
        .selectFrom('data_keys')
        .select(['app_id', 'video_id'])
        .where('edk', '=', edk)
        .executeTakeFirst();
      return row ? { appId: row.app_id, videoId: row.video_id } : null;
    },
  };
}

interface SealedKey {
  edk: string;
  app_id: string;
  master_key_id: string;
  sealed: string;
}

function rowOfFlow(db: Executor, flowId: string) {
  return tables(db).selectFrom('data_keys').selectAll().where('flow_id', '=', flowId).executeTakeFirst();
}

/** Whoever is second, of two workers that begin the same flow, gets the key of the first. */
async function insert(trx: Executor, masterKeys: MasterKeys, owner: KeyOwner, now: number) {
  const master = masterKeys.requireCurrent();
  const edk = randomBytes(NAME_BYTES).toString('base64');
  const bytes = randomBytes(KEY_BYTES);
  await tables(trx)
    .insertInto('data_keys')
    .values({
      ...{ edk, app_id: owner.appId, video_id: owner.videoId, flow_id: owner.flowId },
      ...{ master_key_id: master.id, sealed: seal(master, bytes, sealedName(owner.appId, edk)) },
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('flow_id').doNothing())
    .execute();
  bytes.fill(0);
  return (await rowOfFlow(trx, owner.flowId))!;
}

function opened(masterKeys: MasterKeys, { edk, app_id, master_key_id, sealed }: SealedKey): DataKey {
  return { edk, bytes: unseal(masterKeys.require(master_key_id), sealed, sealedName(app_id, edk)) };
}

/** What a key is sealed under: a row that was changed to another application or name does not open. */
export function sealedName(appId: string, edk: string): string {
  return `${appId} ${edk}`;
}
