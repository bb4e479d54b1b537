import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import FLAGS from './node-flags.json' with { type: 'json' };

let dataDir: string;
before(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-main-'));
});
after(() => rm(dataDir, { recursive: true, force: true }));

function run(script: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [...FLAGS, path.join(import.meta.dirname, script), ...args], {
    cwd: dataDir,
    env: { PATH: process.env.PATH, OPENVOD_DATA_DIR: dataDir, OPENVOD_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return { child, lines, errors: () => errors };
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  return child.exitCode ?? (await once(child, 'exit'))[0];
}

async function lineLike(lines: string[], pattern: RegExp, child: ChildProcess): Promise<string> {
  for (;;) {
    const found = lines.find((line) => pattern.test(line));
    if (found) return found;
    assert.equal(child.exitCode, null, 'the server ended early');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('the first start says where it listens and shows the keys once; SIGTERM ends it cleanly', async () => {
  const first = run('main.ts', [], {});
  const line = await lineLike(first.lines, /^OpenVOD listens on http:\/\/127\.0\.0\.1:\d+$/, first.child);
  await lineLike(
    first.lines,
    /^First start: OPENVOD_APP_ID=\d+ OPENVOD_SECRET_ID=\S+ OPENVOD_SECRET_KEY=\S+/,
    first.child,
  );
  const answer = await fetch(`${line.split(' ').at(-1)}/healthz`);
  assert.equal(answer.status, 200);
  first.child.kill('SIGTERM');
  assert.equal(await exitOf(first.child), 0);

  const second = run('main.ts', [], {});
  await lineLike(second.lines, /"listening"/, second.child);
  second.child.kill('SIGTERM');
  assert.equal(await exitOf(second.child), 0);
  assert.equal(
    second.lines.some((text) => text.startsWith('First start')),
    false,
  );
  for (const text of [...first.lines, ...second.lines].filter(
    (one) => !one.startsWith('First start') && !one.startsWith('OpenVOD'),
  )) {
    assert.doesNotThrow(() => JSON.parse(text), 'all else on standard output is JSON');
  }
});

test('settings that make no sense end it with status 2 and a word on each', async () => {
  const { child, errors } = run('main.ts', [], { OPENVOD_PORT: 'http', OPENVOD_ROLE: 'boss' });
  assert.equal(await exitOf(child), 2);
  assert.match(errors(), /OPENVOD_PORT must be/);
  assert.match(errors(), /OPENVOD_ROLE must be/);
});

test('a default definition that does not exist ends it with status 1 and says which', async () => {
  const { child, errors } = run('main.ts', [], { OPENVOD_TRANSCODE_DEFAULTS: '20,999' });
  assert.equal(await exitOf(child), 1);
  assert.match(errors(), /OPENVOD_TRANSCODE_DEFAULTS names definition 999, which does not exist/);
});

test('a port that is taken ends it with status 1 and says so', async () => {
  const first = run('main.ts', [], {});
  const line = await lineLike(first.lines, /^OpenVOD listens on/, first.child);
  const second = run('main.ts', [], {
    OPENVOD_DATA_DIR: path.join(dataDir, 'another'),
    OPENVOD_PORT: new URL(line.split(' ').at(-1)!).port,
  });
  assert.equal(await exitOf(second.child), 1);
  assert.match(second.errors(), /OPENVOD_PORT: port \d+ is in use/);
  first.child.kill('SIGTERM');
  await exitOf(first.child);
});

test('keys can be listed, made, disabled, enabled and deleted beside the server', async () => {
  const made = run('commands/keys.ts', ['create'], {});
  assert.equal(await exitOf(made.child), 0, made.errors());
  const secretId = /OPENVOD_SECRET_ID=(\S+)/.exec(made.lines.join('\n'))?.[1];
  assert.ok(secretId);
  const change = async (command: string, env = {}) => {
    const { child, errors } = run('commands/keys.ts', [command, secretId], env);
    return { code: await exitOf(child), errors: errors() };
  };
  const listed = async () => {
    const { child, lines } = run('commands/keys.ts', ['list'], {});
    assert.equal(await exitOf(child), 0);
    return lines.join('\n');
  };
  assert.equal((await change('disable')).code, 0);
  assert.match(await listed(), new RegExp(`${secretId} {2}disabled`));
  assert.equal((await change('enable')).code, 0);
  assert.match(await listed(), new RegExp(`${secretId} {2}enabled `));
  assert.equal((await change('delete')).code, 1);
  const named = { OPENVOD_SECRET_ID: secretId, OPENVOD_SECRET_KEY: 'x' };
  assert.match((await change('disable', named)).errors, /the next start brings it back/);
  assert.equal((await change('delete')).code, 0);
  assert.doesNotMatch(await listed(), new RegExp(secretId));
  assert.equal(await exitOf(run('commands/keys.ts', ['frob'], {}).child), 2);
});
