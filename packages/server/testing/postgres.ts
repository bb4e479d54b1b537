import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { askForPostgres, BROKER_PORT } from './shared-postgres.ts';

/** A PostgreSQL server for tests; it starts when it is first used. */
export interface TestPostgres {
  /** Address of the maintenance database. */
  address(): Promise<string>;
  /** Makes an empty database and resolves to its address. */
  createDatabase(): Promise<string>;
  /** Stops the server and removes its files; of a shared server only drops the databases made here. */
  stop(): Promise<void>;
}

/** Names a server of yours to test on; unset, the test run starts one, or a process for itself. */
const OWN_URL = 'OPENVOD_TEST_POSTGRES_URL';

/**
 * A server to test on: the one that the test run shares, else `startUnsharedPostgres`.
 * Null when PostgreSQL is not installed: the caller skips, saying so by name. It is not a promise because tests must all be told of
 * before the first of them ends: the runner goes home when it knows of no more.
 */
export function startPostgres(): TestPostgres | null {
  const broker = process.env[BROKER_PORT];
  return broker ? shared(() => askForPostgres(Number(broker))) : startUnsharedPostgres();
}

/**
 * The server that the environment names (`OPENVOD_TEST_POSTGRES_URL`), else a private cluster in a temporary folder, which
 * ends with this process, however the process ends. Null when PostgreSQL is not installed.
 */
export function startUnsharedPostgres(): TestPostgres | null {
  const own = process.env[OWN_URL];
  if (own) return shared(async () => own);
  const binaries = findBinaries();
  return binaries === null ? null : server(() => startCluster(binaries));
}

/** A server of one test's own, which it may stop and start; always a private cluster. */
export interface RestartablePostgres extends TestPostgres {
  /** Ends the server: `fast` breaks connections off, `immediate` is a crash that it recovers from. */
  halt(how: 'fast' | 'immediate'): Promise<void>;
  /** Starts it on the same port and data. */
  resume(): Promise<void>;
}

/** Null when PostgreSQL is not installed. */
export function startRestartablePostgres(): RestartablePostgres | null {
  const binaries = findBinaries();
  if (binaries === null) return null;
  let cluster: ReturnType<typeof startCluster> | undefined;
  const started = () => {
    // What it has acknowledged must outlive the end of its processes.
    cluster ??= startCluster(binaries, [...SETTINGS, 'synchronous_commit=on']);
    return cluster;
  };
  return {
    ...server(started),
    halt: async (how) => (await started()).command(`stop ${how}`),
    resume: async () => (await started()).command('start'),
  };
}

/** A server that is not ours to stop. */
function shared(address: () => Promise<string>): TestPostgres {
  return server(async () => {
    const url = await address();
    return { url, stop: (databases) => dropAll(url, databases) };
  });
}

interface Running {
  url: string;
  stop(databases: string[]): Promise<void>;
}

function server(start: () => Promise<Running>): TestPostgres {
  const databases: string[] = [];
  let started: Promise<Running> | undefined;
  const running = () => {
    started ??= start();
    return started;
  };
  return {
    address: async () => (await running()).url,
    async createDatabase() {
      const { url } = await running();
      const name = `openvod_test_${randomBytes(6).toString('hex')}`;
      // template0, because nobody can be connected to it: parallel calls never find their template busy.
      await query(url, `CREATE DATABASE ${name} TEMPLATE template0`);
      databases.push(name);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async stop() {
      await (await started?.catch(() => null))?.stop(databases.splice(0));
    },
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
function findBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  const complete = (folder: string) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program)));
  return folders.find(complete) ?? null;
}

interface Cluster extends Running {
  /** See SUPERVISOR. */
  command(words: string): Promise<void>;
}

async function startCluster(binaries: string, settings: readonly string[] = SETTINGS): Promise<Cluster> {
  const user = await unprivilegedUser();
  // Somebody may take the port between our look and the server's: look again, but not for ever.
  for (let attempt = 1; ; attempt++) {
    const folder = await mkdtemp(join(tmpdir(), 'openvod-postgres-'));
    if (user) await chown(folder, user.uid, user.gid);
    const port = await freePort();
    const options = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
    const supervisor = supervise(binaries, folder, options, user);
    const [word] = await Promise.race([once(supervisor.stdout, 'data'), once(supervisor, 'close')]);
    if (String(word).trim() === 'ready') {
      // A test that forgets to stop must still end.
      supervisor.unref();
      supervisor.stdin.unref();
      supervisor.stdout.unref();
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      return { url, stop: () => stopCluster(supervisor), command: (words) => command(supervisor, words) };
    }
    const log = await readFile(join(folder, 'log'), 'utf8').catch(String);
    await rm(folder, { recursive: true, force: true });
    if (attempt === 3) throw new Error(`PostgreSQL does not start: ${log}`);
  }
}

/** Has the supervisor do something with the server. Rejects when it cannot. */
async function command(supervisor: Supervisor, words: string): Promise<void> {
  supervisor.stdin.write(`${words}\n`);
  supervisor.stdout.ref();
  const [answer] = await once(supervisor.stdout, 'data');
  supervisor.stdout.unref();
  if (String(answer).trim() !== 'done') throw new Error(`PostgreSQL does not ${words}: ${answer}`);
}

async function stopCluster(supervisor: Supervisor): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  supervisor.ref();
  const ended = once(supervisor, 'exit');
  supervisor.stdin.end();
  await ended;
}

/** PostgreSQL refuses to run as root; null when we are somebody else already. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const user = users.find(([name]) => name === wanted);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
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
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=16MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/**
 * Starts the server, then does what its standard input says until that closes. The other end of that pipe is ours, so it closes when
 * we stop, crash or are killed; then the server ends and its folder goes.
 * PIPE is ignored because we may be dead when it says "ready".
 */
const SUPERVISOR = `
trap '' PIPE
binaries=$1 folder=$2 options=$3
"$binaries/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C -N >"$folder/log" 2>&1 </dev/null &&
"$binaries/pg_ctl" start -w -s -D "$folder/data" -l "$folder/log" -o "$options" || exit 1
echo ready
while read -r what how; do
  case $what in
    stop) "$binaries/pg_ctl" stop -w -s -D "$folder/data" -m "$how" ;;
    start) "$binaries/pg_ctl" start -w -s -D "$folder/data" -l "$folder/log" -o "$options" ;;
  esac >/dev/null </dev/null && echo done || echo failed
done
"$binaries/pg_ctl" stop -s -m immediate -D "$folder/data"
rm -rf "$folder"
`;

type Supervisor = ChildProcessByStdio<Socket, Socket, null>;

function supervise(
  binaries: string,
  folder: string,
  options: string,
  user: { uid: number; gid: number } | null,
): Supervisor {
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'supervisor', binaries, folder, options], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true, // Ctrl-C reaches us, not the supervisor: it would die before it has cleaned up.
  });
  // ref and unref exist on pipes, which the stream types do not say.
  return child as unknown as Supervisor;
}
