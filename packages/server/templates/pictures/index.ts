import type { FastifyInstance } from 'fastify';
import type { Addresses } from '../../common/addresses.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import { Refused } from '../../common/faults/refused.ts';
import { newFileId, randomHex } from '../../common/ids.ts';
import { OwnedFolders } from '../../common/leftovers/owned-folders.ts';
import type { Logger } from '../../common/log.ts';
import type { Database } from '../../database/index.ts';
import { MediaError, readWatermark } from '../../media/index.ts';
import { NotFoundError, type ObjectStore } from '../../storage/index.ts';
import { tables } from '../tables.ts';
import type { Templates } from '../types.ts';
import { keyOfAddress, uploadAddress } from './address.ts';
import { registerPictureUploads } from './routes.ts';
import { MAX_UNUSED, sha256, tidy } from './rows.ts';
import { objectionTo, storePicture } from './store-picture.ts';
import type { KeysInUse, WatermarkPictures } from './types.ts';

/** How long an address takes a picture, ms. */
const OPEN_MS = 3600 * 1000;

export interface WatermarkPicturesDeps {
  database: Database;
  templates: Templates;
  store: ObjectStore;
  addresses: Addresses;
  /** For pictures while they are looked at. */
  workDir: string;
  clock: Clock;
  log: Logger;
}

export interface WatermarkPicturesRoom extends WatermarkPictures {
  /** Lets `app` take pictures. */
  register(app: FastifyInstance): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Pictures that applications send for their watermarks. */
export function createWatermarkPictures(deps: WatermarkPicturesDeps): WatermarkPicturesRoom {
  const { database, templates, store, addresses, clock, log } = deps;
  const folders = new OwnedFolders(deps.workDir);
  const keysInUse: KeysInUse = async (db, appId) =>
    new Set((await templates.list(db, appId, 'watermark')).map(({ body }) => body.imageKey));

  return {
    async invite(appId, extension, now) {
      const { unused, forgotten } = await tidy(database, appId, keysInUse, now);
      for (const key of forgotten) await store.delete(key);
      if (unused >= MAX_UNUSED)
        throw new Refused('template.limit', `${unused} pictures were asked for that no template was made of`);
      const [id, sign] = [newFileId(now), randomHex(20)];
      const row = { app_id: appId, id, extension, sign_sha256: sha256(sign), expires_at: now + OPEN_MS };
      await tables(database.db)
        .insertInto('watermark_pictures')
        .values({ ...row, content_sha256: null, unused_since: null })
        .execute();
      return uploadAddress(addresses, { appId, id, extension, sign });
    },

    async keyOf(appId, address) {
      const key = keyOfAddress(addresses, appId, address);
      if (key === null)
        throw noPicture(`is no picture of this service: it must be an address of ApplyUploadWatermark`);
      if (!(await isPicture(store, key))) throw noPicture('is no PNG, APNG or JPEG that was uploaded');
      return key;
    },

    addressOf: (key) => addresses.of(key),

    register: (app) =>
      registerPictureUploads(app, {
        objectionTo: (incoming) => objectionTo(deps, incoming, clock()),
        store: (incoming, bytes) => storePicture({ database, store, folders }, incoming, bytes, clock()),
        log,
      }),
    start: () => folders.start(),
    stop: () => folders.stop(),
  };
}

async function isPicture(store: ObjectStore, key: string): Promise<boolean> {
  try {
    await using file = await store.localFile(key);
    return (await readWatermark(file.path)) !== null;
  } catch (error) {
    if (error instanceof NotFoundError || (error instanceof MediaError && !error.transient)) return false;
    throw error;
  }
}

function noPicture(detail: string): Refused {
  return new Refused('template.invalid', detail, { field: 'imageKey' });
}
