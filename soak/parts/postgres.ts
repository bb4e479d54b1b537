import { execFile } from 'node:child_process';
import { readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startUnsharedPostgres } from '../../packages/server/testing/postgres.ts';

const run = promisify(execFile);

/** A PostgreSQL server of the campaign's own that can be restarted on its port. */
export interface RestartablePostgres {
  /** Of an empty database. */
  url: string;
  /** `fast` breaks all connections off and ends in order; `immediate` is its own kill -9, with recovery at the start. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  /** pg_terminate_backend on every connection to the database; resolves to their number. */
  terminateAll(): Promise<number>;
  stop(): Promise<void>;
}

/** Null where PostgreSQL is not installed. */
export async function startPostgres(): Promise<RestartablePostgres | null> {
  // Not one that somebody else uses: it is restarted.
  delete process.env.OPENVOD_TEST_POSTGRES_URL;
  const server = startUnsharedPostgres();
  if (!server) return null;
  const maintenance = await server.address();
  const url = await server.createDatabase();
  const name = new URL(url).pathname.slice(1);
  // A test server forgets commits when it is killed; here what was committed must stay. What a database says goes before
  // what the command line said.
  await ask(maintenance, `ALTER DATABASE ${name} SET synchronous_commit = on`);
  const [found] = await ask(maintenance, 'SHOW data_directory');
  const folder = String(found?.data_directory);
  const pid = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0];
  const binaries = path.dirname(await readlink(`/proc/${pid}/exe`));
  const { uid, gid } = await stat(folder);
  return {
    url,
    async restart(mode) {
      const log = path.join(path.dirname(folder), 'log');
      await run(path.join(binaries, 'pg_ctl'), ['restart', '-s', '-w', '-D', folder, '-m', mode, '-l', log], {
        uid,
        gid,
        cwd: folder,
      });
    },
    async terminateAll() {
      const rows = await ask(
        maintenance,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      return rows.length;
    },
    stop: () => server.stop(),
  };
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
