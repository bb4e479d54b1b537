import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startPostgres } from '../testing/postgres.ts';
import { runMain } from '../testing/run-main.ts';
import { startS3 } from '../testing/s3.ts';

let folder: string;
/** Takes connections and says nothing. */
let silent: Server;
let silentPort: number;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-start-'));
  await writeFile(path.join(folder, 'file'), 'not what it should be');
  silent = createServer((socket) => socket.on('error', () => {}));
  silentPort = await listen(silent);
});
after(async () => {
  silent.close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Nobody listens on port 1. */
const refusing = '127.0.0.1:1';
const s3 = (place: string) =>
  `s3://films?endpoint=http://${place}&accessKeyId=me&secretAccessKey=very-secret`;

const faults: Record<string, { env: () => Record<string, string>; says: RegExp; waits?: string }> = {
  'a data folder that is a file': {
    env: () => ({ OPENVOD_DATA_DIR: path.join(folder, 'file') }),
    says: /^openvod: OPENVOD_DATA_DIR: \S+\/file cannot be written \(EEXIST\)$/m,
  },
  'a data folder below a file': {
    env: () => ({ OPENVOD_DATA_DIR: path.join(folder, 'file', 'data') }),
    says: /^openvod: OPENVOD_DATA_DIR: \S+\/data cannot be written \(ENOTDIR\)$/m,
  },
  'a database that refuses the connection': {
    env: () => ({ OPENVOD_DATABASE_URL: `postgres://me:very-secret@${refusing}/films` }),
    says: /^openvod: OPENVOD_DATABASE_URL: 127\.0\.0\.1:1 refuses the connection; gave up after 1 s$/m,
    waits: 'waiting for the database',
  },
  'a database that does not answer': {
    env: () => ({ OPENVOD_DATABASE_URL: `postgres://me:very-secret@127.0.0.1:${silentPort}/films` }),
    says: /^openvod: OPENVOD_DATABASE_URL: 127\.0\.0\.1:\d+ does not answer; gave up after 1 s$/m,
  },
  'a store that refuses the connection': {
    env: () => ({ OPENVOD_STORAGE_URL: s3(refusing) }),
    says: /^openvod: OPENVOD_STORAGE_URL: bucket films at 127\.0\.0\.1:1 refuses the connection; gave up after 1 s$/m,
  },
  'a store that does not answer': {
    env: () => ({ OPENVOD_STORAGE_URL: s3(`127.0.0.1:${silentPort}`) }),
    says: /^openvod: OPENVOD_STORAGE_URL: bucket films at 127\.0\.0\.1:\d+ does not answer; gave up after 1 s$/m,
  },
  'a port in use': {
    env: () => ({ OPENVOD_PORT: String(silentPort) }),
    says: /^openvod: OPENVOD_PORT: port \d+ is in use$/m,
  },
  'a TLS port in use': {
    env: () => ({ OPENVOD_TLS: 'self-signed', OPENVOD_TLS_PORT: String(silentPort) }),
    says: /^openvod: OPENVOD_TLS_PORT: port \d+ is in use$/m,
  },
  'a metrics port in use': {
    env: () => ({ OPENVOD_METRICS_PORT: String(silentPort) }),
    says: /^openvod: OPENVOD_METRICS_PORT: port \d+ is in use$/m,
  },
  'an address of another machine': {
    env: () => ({ OPENVOD_HOST: '192.0.2.1' }),
    says: /^openvod: OPENVOD_HOST: is not an address of this machine$/m,
  },
  'a certificate that is missing': {
    env: () => ({ OPENVOD_TLS_CERT: '/nowhere/cert.pem', OPENVOD_TLS_KEY: path.join(folder, 'file') }),
    says: /^openvod: OPENVOD_TLS_CERT: \/nowhere\/cert\.pem cannot be read \(ENOENT\)$/m,
  },
  'a certificate that is none': {
    env: () => ({ OPENVOD_TLS_CERT: path.join(folder, 'file'), OPENVOD_TLS_KEY: path.join(folder, 'file') }),
    says: /^openvod: OPENVOD_TLS_CERT, OPENVOD_TLS_KEY: .* are not a certificate and its key in PEM/m,
  },
};

for (const [what, { env, says, waits }] of Object.entries(faults)) {
  test(`${what} ends the start with status 1 and names the setting`, async () => {
    const main = await runMain({ OPENVOD_START_TIMEOUT: '1', ...env() });
    assert.equal(await main.exitCode, 1);
    assert.match(main.errors(), says);
    const everything = `${main.errors()}${main.output()}`;
    assert.doesNotMatch(everything, /very-secret/);
    assert.doesNotMatch(everything, /^ {4}at |"stack"/m);
    if (waits) assert.match(main.output(), new RegExp(`"${waits}"|:"${waits}`));
  });
}

test('an SQLite file that is none is told with its folder', async () => {
  const main = await runMain({}, async (dataDir) => {
    await writeFile(path.join(dataDir, 'openvod.sqlite'), 'x'.repeat(8192));
  });
  assert.equal(await main.exitCode, 1);
  assert.match(
    main.errors(),
    /^openvod: OPENVOD_DATA_DIR: the database in \S+ cannot be opened \(file is not a database\)$/m,
  );
});

test('a bucket or a database that does not exist is not waited for', async (t) => {
  const store = await startS3();
  t.after(() => store.stop());
  const url = store.url.replace(/s3:\/\/[^?]+/, 's3://another');
  const main = await runMain({ OPENVOD_STORAGE_URL: url, OPENVOD_START_TIMEOUT: '3600' });
  assert.equal(await main.exitCode, 1);
  assert.match(main.errors(), /^openvod: OPENVOD_STORAGE_URL: bucket another at \S+ has no such bucket$/m);

  const postgres = startPostgres();
  if (postgres === null) return;
  t.after(() => postgres.stop());
  const address = new URL(await postgres.createDatabase());
  address.pathname = '/nothing_here';
  const other = await runMain({ OPENVOD_DATABASE_URL: address.href, OPENVOD_START_TIMEOUT: '3600' });
  assert.equal(await other.exitCode, 1);
  assert.match(other.errors(), /^openvod: OPENVOD_DATABASE_URL: \S+ has no such database$/m);
});

test('a store that comes up later is waited for, and a signal meanwhile ends the start', async (t) => {
  const store = await startS3();
  t.after(() => store.stop());
  const real = Number(new URL(new URL(store.url).searchParams.get('endpoint')!).port);
  const door = createServer((socket) => {
    const inside = connect(real, '127.0.0.1');
    for (const one of [socket, inside]) one.on('error', () => {});
    socket.pipe(inside).pipe(socket);
  });
  // A port that is free, since it was so a moment ago.
  const port = await listen(door);
  door.close();
  await once(door, 'close');
  const env = {
    OPENVOD_STORAGE_URL: store.url.replace(`%3A${real}`, `%3A${port}`),
    OPENVOD_START_TIMEOUT: '60',
  };

  const stopped = await runMain(env);
  await stopped.says(/waiting for the store/);
  stopped.child.kill('SIGTERM');
  assert.equal(await stopped.exitCode, 0);

  const patient = await runMain(env);
  await patient.says(/waiting for the store/);
  await listen(door, port);
  t.after(() => door.close());
  await patient.says(/^OpenVOD listens on/);
  patient.child.kill('SIGTERM');
  assert.equal(await patient.exitCode, 0);
});

test('metrics on a port of their own are nowhere else', async () => {
  const main = await runMain({ OPENVOD_METRICS_PORT: '0' });
  const line = await main.says(/"listening"/);
  const { addresses, metricsPort } = JSON.parse(line) as { addresses: string[]; metricsPort: number };
  const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  assert.match(await metrics.text(), /^# HELP openvod_calls_total/m);
  assert.equal((await fetch(`${addresses[0]}/metrics`)).status, 404);
  assert.equal((await fetch(`http://127.0.0.1:${metricsPort}/healthz`)).status, 404);
  assert.equal((await fetch(`${addresses[0]}/healthz`)).status, 200);
  main.child.kill('SIGTERM');
  assert.equal(await main.exitCode, 0);
});
