import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test as nodeTest } from 'node:test';
import { SAME_WISH_MS } from './signals.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const START = ['npm', 'start'];
const SERVE = [process.execPath, path.join(root, 'packages/sdk/bin/openvod.mjs'), 'serve'];

// A signal that does not arrive would be waited for.
const test = (name: string, run: () => Promise<void>) => nodeTest(name, { timeout: 60_000 }, run);

let folder: string;
const groups: number[] = [];
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-signals-'));
});
after(async () => {
  for (const group of groups) killGroup(group);
  await rm(folder, { recursive: true, force: true });
});

/** What a failed test has left running. */
function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Runs a command in a process group of its own, and resolves with its first address as soon as it tells one. */
async function run([command, ...args]: string[], says = /OpenVOD listens on (\S+)/) {
  const child = spawn(command!, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      OPENVOD_DATA_DIR: path.join(folder, 'data'),
      OPENVOD_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  groups.push(child.pid!);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = says.exec(line)?.[1];
    if (address) resolve(address);
  });
  const url = new URL(await Promise.race([promise, ended.then(() => assert.fail('it ended early'))]));
  return { child, port: Number(url.port), exitCode: ended.then(([code]) => code) };
}

function toGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  process.kill(-child.pid!, signal);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

for (const [what, command, signal] of [
  ['npm start', START, 'SIGTERM'],
  ['npm start', START, 'SIGINT'],
  ['openvod serve', SERVE, 'SIGTERM'],
] as const) {
  test(`${signal} to ${what} ends the server cleanly`, async () => {
    const { child, port, exitCode } = await run([...command]);
    child.kill(signal);
    assert.equal(await exitCode, 0);
    assert.equal(await isListening(port), false);
  });
}

for (const [what, command] of [
  ['npm start', START],
  ['openvod serve', SERVE],
] as const) {
  test(`Ctrl-C below ${what} signals the server several times and is one wish`, async () => {
    const { child, port, exitCode } = await run([...command]);
    toGroup(child, 'SIGINT');
    assert.equal(await exitCode, 0);
    assert.equal(await isListening(port), false);
  });
}

test('a second wish ends the server at once, and its exit code is passed on', async () => {
  const { child, port, exitCode } = await run(START);
  // A call that does not come to its end would be waited for.
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => {});
  slow.write('POST /v2/index.php HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
  await once(slow, 'connect');
  // Answered on the same server after it: by then the call has been read.
  await fetch(`http://127.0.0.1:${port}/healthz`);
  toGroup(child, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, SAME_WISH_MS + 500));
  assert.equal(child.exitCode, null);
  toGroup(child, 'SIGTERM');
  assert.equal(await exitCode, 1);
  assert.equal(await isListening(port), false);
});

test('an exit code of the start is passed on', async () => {
  const [command, ...args] = START;
  const env = { PATH: process.env.PATH, OPENVOD_PORT: 'http' };
  const child = spawn(command!, args, { cwd: root, env, stdio: 'ignore' });
  assert.deepEqual(await once(child, 'exit'), [2, null]);
});

test('a demo that is stopped leaves no server and no folder', async () => {
  const { child, port, exitCode } = await run(['npm', 'run', 'demo'], /OpenVOD is up at (\S+),/);
  child.kill('SIGTERM');
  assert.equal(await exitCode, 143);
  assert.equal(await isListening(port), false);
  const left = (await readdir(folder)).filter((name) => name.startsWith('openvod-demo-'));
  assert.deepEqual(left, []);
});
