import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { Database } from '../../database/index.ts';
import { parseAccessLine, parseTarget } from '../../delivery/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { CARRIERS, type Place, REGIONS } from '../geo/names.ts';
import { HOUR } from '../spans.ts';
import { tables } from '../tables.ts';
import { type FileId, objectKeyOf } from './links.ts';

export interface AccessFileDeps {
  /** Of the access log of this node. */
  folder: string;
  node: string;
  database: Database;
  store: ObjectStore;
  /** Ids of all applications. */
  apps: ReadonlySet<string>;
  placeOf(clientIp: string): Place;
  /** Told of each file once it can be downloaded. */
  onWritten?: () => void;
}

/**
 * Puts what this node's access log has of hours that are over into the store, one file for each application: nobody is to see
 * what others delivered. Repeated until it is noted that it is done, and always to the same names.
 */
export async function fileAccessLogs(deps: AccessFileDeps): Promise<void> {
  const { folder, node, database } = deps;
  const counted = await tables(database.db)
    .selectFrom('stats_positions')
    .select('file')
    .where('node', '=', node)
    .where('filed', '=', 0)
    .execute();
  if (counted.length === 0) return;
  const there = new Set(await readdir(folder));
  for (const { file } of counted) if (there.has(`${file}.gz`)) await fileOne(deps, file);
}

async function fileOne(deps: AccessFileDeps, file: string): Promise<void> {
  const { folder, node, database, store } = deps;
  const work = path.join(folder, 'filing');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { mode: 0o700 });
  try {
    const apps = await split(deps, path.join(folder, `${file}.gz`), work);
    const filed: { id: FileId; size: number }[] = [];
    for (const appId of apps) {
      const name = `${file.replace(/\.log$/, '')}_${node.slice(0, 8)}.log.gz`;
      const id: FileId = { appId, kind: 'access', name };
      const { size } = await store.putFile(objectKeyOf(id), path.join(work, appId), {
        contentType: 'application/gzip',
      });
      filed.push({ id, size });
    }
    await database.transaction(async (trx) => {
      for (const { id, size } of filed) {
        await tables(trx)
          .insertInto('stats_files')
          .values({
            object_key: objectKeyOf(id),
            app_id: id.appId,
            kind: 'access',
            ...hourAndHost(file),
            size,
          })
          .onConflict((conflict) => conflict.column('object_key').doUpdateSet({ size }))
          .execute();
      }
      await tables(trx)
        .updateTable('stats_positions')
        .set({ filed: 1 })
        .where('node', '=', node)
        .where('file', '=', file)
        .execute();
    });
    for (const _ of filed) deps.onWritten?.();
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** `2018030100_media.example.com.log`, or `…_2.log` for an hour that came again. */
function hourAndHost(file: string): { starts_at: number; host: string } {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)_([^_]*)(?:_\d+)?\.log$/.exec(file);
  if (!match) throw new Error(`${file} is no file of the access log`);
  const [year = 0, month = 0, day = 0, hour = 0] = match.slice(1, 5).map(Number);
  return { starts_at: Date.UTC(year, month - 1, day, hour) - 8 * HOUR, host: match[5]! };
}

const compress = promisify(gzip);
/** What waits to be compressed of all applications together, characters. */
const MAX_WAITING = 2 * 1024 ** 2;

/** Writes each application's lines into a compressed file of its name; resolves to which they are. */
async function split(
  { apps, placeOf }: Pick<AccessFileDeps, 'apps' | 'placeOf'>,
  file: string,
  folder: string,
): Promise<string[]> {
  const found = new Set<string>();
  let waiting = new Map<string, string[]>();
  let length = 0;
  const flush = async () => {
    for (const [appId, lines] of waiting) {
      await appendFile(path.join(folder, appId), await compress(lines.join('')), { mode: 0o600 });
    }
    waiting = new Map();
    length = 0;
  };
  const source = createReadStream(file).pipe(createGunzip()).setEncoding('latin1');
  for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    const access = parseAccessLine(line);
    const appId = access && parseTarget(access.path)?.appId;
    if (!access || !appId || !apps.has(appId)) continue;
    found.add(appId);
    const lines = waiting.get(appId) ?? [];
    lines.push(`${withPlace(line, placeOf(access.clientIp))}\n`);
    waiting.set(appId, lines);
    length += line.length;
    if (length > MAX_WAITING) await flush();
  }
  await flush();
  return [...found].sort();
}

/** Fields 6 and 7 are province and carrier (docs/wire/delivery.md, Access log). */
function withPlace(line: string, { region, carrier }: Place): string {
  const fields = line.split(' ');
  fields[5] = REGIONS[region]?.code ?? '0';
  fields[6] = CARRIERS[carrier]?.code ?? '0';
  return fields.join(' ');
}
