import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './process.ts';
import { temporaryFolder } from './testing/clips.ts';

/** Encodes in real time, for a minute unless stopped. */
const endless =
  '-nostdin -v error -re -f lavfi -i testsrc2=s=64x64:r=10:d=60 -progress pipe:1 -f null -'.split(' ');

test('a command that takes too long is killed, which may be worth another try', async () => {
  await assert.rejects(run('ffmpeg', endless, { stage: 'transcode', timeoutMs: 300 }), {
    ...{ name: 'MediaError', stage: 'transcode', reason: 'interrupted', transient: true },
  });
});

test('a command that does not advance is killed long before its time', async () => {
  const options = { stage: 'transcode', timeoutMs: 60_000, stallMs: 300, onStdout: () => false } as const;
  await assert.rejects(run('ffmpeg', endless, options), { message: 'the work did not advance for 0.3 s' });
});

test('an abort kills the command and rejects with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('deleted');
  const running = run('ffmpeg', endless, {
    stage: 'transcode',
    timeoutMs: 60_000,
    signal: controller.signal,
    onStdout: () => {
      controller.abort(reason);
      return true;
    },
  });
  await assert.rejects(running, reason);
});

test('only the last words are kept', async () => {
  const loud = '-nostdin -v info -f lavfi -i testsrc2=s=64x64:r=25:d=20 -vf showinfo -f null -'.split(' ');
  const { log } = await run('ffmpeg', loud, { stage: 'transcode', timeoutMs: 30_000 });
  assert.equal(log.length, 8192);
});

test('collected output is bounded', async () => {
  const raw = '-nostdin -v error -f lavfi -i testsrc2=s=64x64:r=25:d=20 -f rawvideo -'.split(' ');
  const options = { stage: 'probe', timeoutMs: 30_000, maxStdoutBytes: 10_000 } as const;
  await assert.rejects(run('ffmpeg', raw, options), { reason: 'decode-failed', transient: false });
});

test('a file that asks for more memory than it may have is at fault itself, while the machine has memory', async (t) => {
  // What ffprobe says of such a file; the files that make it say so take gigabytes first.
  const folder = temporaryFolder();
  const words = 'file:/a.mkv: Cannot allocate memory';
  writeFileSync(join(folder, 'ffprobe'), `#!/bin/sh\necho '${words}' >&2\nexit 1\n`, { mode: 0o755 });
  withPath(t, `${folder}:${process.env.PATH}`);
  const options = { stage: 'probe', timeoutMs: 30_000 } as const;
  await assert.rejects(run('ffprobe', [], options), { outage: null, transient: false, log: `${words}\n` });
  t.mock.method(process, 'availableMemory', () => 100 * 1024 * 1024);
  await assert.rejects(run('ffprobe', [], options), { outage: 'memory', transient: true });
});

test('a command that cannot be started is no fault of a file', async (t) => {
  withPath(t, '/nowhere');
  await assert.rejects(run('ffprobe', ['-version'], { stage: 'probe', timeoutMs: 10_000 }), {
    ...{ reason: 'interrupted', outage: 'processes', transient: true },
  });
});

test('bad arguments are no reason to try again', async () => {
  await assert.rejects(run('ffprobe', ['-no-such-option'], { stage: 'probe', timeoutMs: 10_000 }), {
    ...{ reason: 'decode-failed', transient: false },
  });
});

test('ffmpeg dies with a server that is killed', { skip: process.platform !== 'linux' }, async () => {
  const folder = temporaryFolder();
  const mark = join(folder, 'mark.mkv');
  const script = `
    import { run } from ${JSON.stringify(import.meta.resolve('./process.ts'))};
    await run('ffmpeg', ['-nostdin', '-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=10:d=60',
      '-progress', 'pipe:1', '-f', 'matroska', ${JSON.stringify(mark)}],
      { stage: 'transcode', timeoutMs: 60000, onStdout: () => { console.log('running'); return true; } });`;
  const server = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  assert.equal(runningWith(mark).length, 1);
  server.kill('SIGKILL');
  await once(server, 'exit');
  while (runningWith(mark).length > 0) await sleep(20);
});

/** Where programs are found until the end of a test. */
function withPath(t: TestContext, value: string): void {
  const path = process.env.PATH;
  t.after(() => {
    process.env.PATH = path;
  });
  process.env.PATH = value;
}

/** Process ids whose command line names a file. */
function runningWith(argument: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}
