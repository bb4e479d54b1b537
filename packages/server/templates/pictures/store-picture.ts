import { timingSafeEqual } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OwnedFolders } from '../../common/leftovers/owned-folders.ts';
import type { Database } from '../../database/index.ts';
import { MediaError, readWatermark } from '../../media/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { tables } from '../tables.ts';
import { pictureKey } from './address.ts';
import { pictureRow, sha256 } from './rows.ts';
import type { Incoming } from './types.ts';

/** What came of a picture that was sent, or of the wish to send one. */
export type Outcome = 'stored' | 'unknown' | 'forbidden' | 'expired' | 'taken' | 'noPicture';

interface Deps {
  database: Database;
  store: ObjectStore;
  folders: OwnedFolders;
}

const CONTENT_TYPES: Record<string, string> = { jpg: 'image/jpeg', png: 'image/png' };

/** Whether an address takes a picture now; null when it does. Asked before the body is read, and again when it is there. */
export async function objectionTo(
  { database }: Pick<Deps, 'database'>,
  { appId, id, extension, sign }: Incoming,
  now: number,
): Promise<Exclude<Outcome, 'stored' | 'noPicture' | 'taken'> | null> {
  const row = await pictureRow(database.db, appId, id);
  if (!row || row.extension !== extension) return 'unknown';
  const [given, right] = [sha256(sign), row.sign_sha256].map((hex) => Buffer.from(hex, 'hex'));
  if (!timingSafeEqual(given!, right!)) return 'forbidden';
  return row.expires_at < now ? 'expired' : null;
}

/**
 * Stores a picture that was sent to its address, which is used up by that: whoever sends the same bytes again, because no
 * answer came, is told that they are stored, and other bytes are not taken.
 */
export async function storePicture(
  deps: Deps,
  incoming: Incoming,
  bytes: Buffer,
  now: number,
): Promise<Outcome> {
  const objection = await objectionTo(deps, incoming, now);
  if (objection) return objection;
  const { appId, id, extension } = incoming;
  await using folder = await deps.folders.open();
  const file = path.join(folder.path, `picture.${extension}`);
  await writeFile(file, bytes);
  if (!(await isPicture(file, extension))) return 'noPicture';
  const digest = sha256(bytes);
  // Noted before it is stored: then whoever sends the same again ends what a killed server began.
  const noted = await tables(deps.database.db)
    .updateTable('watermark_pictures')
    .set({ content_sha256: digest })
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .where((row) => row.or([row('content_sha256', 'is', null), row('content_sha256', '=', digest)]))
    .executeTakeFirst();
  if (noted.numUpdatedRows === 0n) return 'taken';
  const contentType = CONTENT_TYPES[extension];
  await deps.store.putFile(pictureKey(appId, id, extension), file, { contentType });
  return 'stored';
}

/** By its bytes, and of the kind that was announced. */
async function isPicture(file: string, extension: string): Promise<boolean> {
  try {
    const picture = await readWatermark(file);
    return picture !== null && (picture.format === 'jpeg') === (extension === 'jpg');
  } catch (error) {
    if (error instanceof MediaError && !error.transient) return false;
    throw error;
  }
}
