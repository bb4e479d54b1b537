import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from './postgres.ts';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function refuses(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

const postgres = startPostgres();
const skip = postgres === null && 'PostgreSQL is not installed';

test('each database is empty, its own, and gone after stop', { skip }, async () => {
  const server = postgres!;
  const [one, two] = await Promise.all([server.createDatabase(), server.createDatabase()]);
  assert.notEqual(one, two);
  await ask(one, 'CREATE TABLE t (n int)');
  await assert.rejects(ask(two, 'SELECT * FROM t'), { code: '42P01' });
  await server.stop();
  await assert.rejects(ask(one, 'SELECT 1'));
});

test('a private server ends with a process that is killed', { skip, timeout: 60_000 }, async () => {
  const script = `
    delete process.env.OPENVOD_TEST_POSTGRES_URL;
    const { startUnsharedPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)});
    console.log(await startUnsharedPostgres().address());
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(child.stdout, 'data');
  assert.equal(await refuses(String(url).trim()), false);
  child.kill('SIGKILL');
  while (!(await refuses(String(url).trim()))) await sleep(50);
});
