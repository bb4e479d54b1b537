import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getPriority, platform } from 'node:os';
import { test } from 'node:test';
import { giveWay, NICENESS } from './give-way.ts';

test('a process that leads a session gives way, and its session with it where sessions share the processor', async (t) => {
  if (platform() !== 'linux') return t.skip('only Linux has sessions that share the processor');
  const child = spawn('sleep', ['30'], { detached: true, stdio: 'ignore' });
  try {
    const pid = child.pid!;
    const sessionOf = (of: number | 'self') => readFile(`/proc/${of}/autogroup`, 'utf8');
    const knowsSessions = existsSync('/proc/self/autogroup');
    const ours = knowsSessions && (await sessionOf('self'));
    giveWay(pid);
    assert.equal(getPriority(pid), NICENESS.background);
    if (knowsSessions) {
      assert.match(await sessionOf(pid), / nice 10\n$/);
      assert.equal(await sessionOf('self'), ours, 'our own session has what it had');
    }
  } finally {
    child.kill('SIGKILL');
  }
});

test('a process that is not there any more is no fault', () => {
  giveWay(2 ** 22 + 1);
});
