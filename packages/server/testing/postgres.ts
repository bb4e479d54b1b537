import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** Address of the maintenance database. */
  url: string;
  /** Makes an empty database and resolves to its address. */
  createDatabase(): Promise<string>;
  /** Stops the server and removes its files; of a shared server only drops the databases made here. */
  stop(): Promise<void>;
}

/** Names a server that a whole test run shares; unset, every call starts a cluster of its own. */
const SHARED_URL = 'OPENVOD_TEST_POSTGRES_URL';

const run = promisify(execFile);

/**
 * Connects to the shared test server (`OPENVOD_TEST_POSTGRES_URL`) or starts a private cluster in a temporary folder.
 * The private cluster ends with this process, however the process ends.
 * Resolves to null when PostgreSQL is not installed: the caller skips, saying so by name.
 */
export async function startPostgres(): Promise<TestPostgres | null> {
  const shared = process.env[SHARED_URL];
  if (shared) return server(shared, (databases) => dropAll(shared, databases));
  const binaries = await findBinaries();
  if (!binaries) return null;
  const { url, stop } = await startCluster(binaries);
  return server(url, stop);
}

function server(url: string, stop: (databases: string[]) => Promise<void>): TestPostgres {
  const databases: string[] = [];
  return {
    url,
    async createDatabase() {
      const name = `openvod_test_${randomBytes(6).toString('hex')}`;
      // template0, because nobody can be connected to it: parallel calls never find their template busy.
      await query(url, `CREATE DATABASE ${name} TEMPLATE template0`);
      databases.push(name);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    stop: () => stop(databases.splice(0)),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends while we hang up is no news here; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function dropAll(url: string, databases: string[]): Promise<void> {
  for (const name of databases) await query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** The folder with both `initdb` and `postgres`: the newest Debian one, else one in PATH. */
async function findBinaries(): Promise<string | null> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  for (const folder of folders) {
    const found = await Promise.allSettled([access(join(folder, 'initdb')), access(join(folder, 'postgres'))]);
    if (found.every((result) => result.status === 'fulfilled')) return folder;
  }
  return null;
}

async function startCluster(binaries: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-postgres-'));
  const user = await unprivilegedUser();
  const as = { ...user, cwd: folder };
  try {
    if (user) await chown(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await run(join(binaries, 'initdb'), initdb, as);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      const supervisor = supervise(join(binaries, 'postgres'), folder, data, port, as);
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      if (await answers(url, supervisor)) return { url, stop: () => stop(supervisor, folder) };
      // Somebody may have taken the port between our look and the server's: look again, but not for ever.
      supervisor.kill('SIGKILL');
      if (attempt === 3) throw new Error(`PostgreSQL does not start:\n${await readFile(join(folder, 'log'), 'utf8')}`);
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root; null when we are somebody else already. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n').toReversed()) {
    const [name, , uid, gid] = line.split(':');
    if (name === 'postgres' || name === 'nobody') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('running as root, and there is no user "postgres" or "nobody" to run PostgreSQL as');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Nothing a test database holds outlives the test: speed before safety, and little memory. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  "unix_socket_directories=''",
  'max_connections=200',
  'shared_buffers=16MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/**
 * The server runs below a shell that waits for its standard input to close. The other end of that pipe is ours, so it
 * closes when we stop, crash or are killed; then the shell ends the server and removes its folder.
 */
const SUPERVISOR = `
folder=$1; shift
"$@" >"$folder/log" 2>&1 </dev/null &
server=$!
while kill -0 $server 2>/dev/null && ! read -r line; do break; done
kill -QUIT $server 2>/dev/null
wait $server
rm -rf "$folder"
`;

function supervise(
  binary: string,
  folder: string,
  data: string,
  port: number,
  as: { cwd: string; uid?: number; gid?: number },
): ChildProcess {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const command = [binary, '-D', data, '-p', String(port), ...settings];
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'supervisor', folder, ...command], {
    ...as,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl-C reaches us, not the supervisor: it would die before it has cleaned up.
  });
  return child;
}
