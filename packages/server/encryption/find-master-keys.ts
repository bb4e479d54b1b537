import { type Database, type Executor, lockUntilEnd } from '../database/index.ts';
import { isReadable, keyFileOf, makeKeyFile, readKeyFile } from './key-file.ts';
import type { MasterKey } from './master-key.ts';
import { MasterKeys } from './master-keys.ts';
import { tables } from './tables.ts';

export interface GivenKeys {
  /** That of the environment; undefined: that of the file. */
  given: MasterKey | undefined;
  /** Others of the environment, which open what they have sealed. */
  others: readonly MasterKey[];
  dataDir: string;
}

interface FindDeps extends GivenKeys {
  database: Database;
  now: number;
  /** Told of what an operator should mend. */
  warn(words: string): void;
}

/**
 * The master keys of this process. A key that was given always counts. One of a file counts if this database knows it, or knows
 * none; a file is made only then, so that a node whose file was lost, or that never had it, seals nothing that others cannot open.
 */
export async function findMasterKeys(deps: FindDeps): Promise<MasterKeys> {
  const { given, others, dataDir, database, now, warn } = deps;
  const file = keyFileOf(dataDir);
  const problems: string[] = [];
  const kept = await readKeyFile(file).catch((error: Error) => {
    problems.push(error.message);
    return null;
  });
  if (kept && (await isReadable(file))) warn(`others may read the master key: chmod 600 ${file}`);
  const openers = kept ? [...others, kept] : others;
  if (given) {
    await database.transaction((trx) => note(trx, given, now));
    return new MasterKeys(given, openers);
  }
  if (problems[0] !== undefined) return new MasterKeys({ problem: problems[0] }, openers);
  return database.transaction(async (trx) => {
    await lockUntilEnd(trx, 'master keys');
    const known = (await tables(trx).selectFrom('master_keys').select('id').execute()).map(({ id }) => id);
    if (known.length > 0 && (!kept || !known.includes(kept.id))) {
      const what = kept ? `the key in ${file} is none of them` : `there is no file ${file}`;
      const problem = `this database knows the master keys ${known.join(', ')}, and ${what}: set OPENVOD_MASTER_KEY, or put the file back`;
      return new MasterKeys({ problem }, openers);
    }
    const key = kept ?? (await makeKeyFile(file));
    await note(trx, key, now);
    return new MasterKeys(key, others);
  });
}

async function note(trx: Executor, { id }: MasterKey, now: number): Promise<void> {
  await tables(trx)
    .insertInto('master_keys')
    .values({ id, noted_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
