import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Addresses } from '../../common/addresses.ts';
import type { Database } from '../../database/index.ts';
import { HOUR } from '../spans.ts';
import { tables } from '../tables.ts';

const LINK_MS = 24 * HOUR;

/** Which file: of whom, which kind, its name. */
export interface FileId {
  appId: string;
  kind: 'access' | 'plays';
  name: string;
}

/** Where a file lies in the store; never below what playback delivers. */
export function objectKeyOf({ appId, kind, name }: FileId): string {
  return `stats/${appId}/${kind}/${name}`;
}

/** Download addresses that say nothing of anybody else's files: each is signed for one file, until a time. */
export interface Links {
  /** Good for 24 hours from `now`. */
  of(file: FileId, now: number): Promise<string>;
  /** Whether `signature` is that of the file until `until` (hex, s since the epoch), which is not over yet. */
  isGood(file: FileId, until: string, signature: string, now: number): Promise<boolean>;
}

export function createLinks(database: Database, addresses: Addresses): Links {
  let secret: Promise<string> | null = null;
  const theSecret = () => {
    secret ??= secretOf(database).catch((error) => {
      secret = null;
      throw error;
    });
    return secret;
  };
  const signatureOf = async (file: FileId, until: string) =>
    createHmac('sha256', await theSecret())
      .update(`${objectKeyOf(file)}\n${until}`)
      .digest('hex');
  return {
    async of(file, now) {
      const until = Math.floor((now + LINK_MS) / 1000).toString(16);
      const { appId, kind, name } = file;
      const signature = await signatureOf(file, until);
      return `${addresses.of(`statistics/${appId}/${kind}/${name}`)}?t=${until}&sign=${signature}`;
    },
    async isGood(file, until, signature, now) {
      if (!/^[0-9a-f]{1,12}$/.test(until) || Number.parseInt(until, 16) * 1000 < now) return false;
      const right = Buffer.from(await signatureOf(file, until));
      const given = Buffer.from(signature);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}

const NAME = 'links';

/** One for all nodes, made by the first that asks. */
async function secretOf({ db }: Database): Promise<string> {
  const read = () =>
    tables(db).selectFrom('stats_secrets').select('secret').where('name', '=', NAME).executeTakeFirst();
  const known = await read();
  if (known) return known.secret;
  await tables(db)
    .insertInto('stats_secrets')
    .values({ name: NAME, secret: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read())!.secret;
}
