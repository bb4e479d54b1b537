import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import { MediaError } from '../errors.ts';
import { probe } from '../probe.ts';
import { makeClip, picture, quickH264, temporaryFolder, tone } from '../testing/clips.ts';
import { Ffprobes } from './ffprobes.ts';

const folder = temporaryFolder();
const film = makeClip(folder, 'film.ts', `${picture('320x180', 1)} ${tone(1)} ${quickH264} -f mpegts`);
const ffprobes = new Ffprobes({ atOnce: 2, mayWait: 4 });
after(() => ffprobes.close());

/** ffprobes of this process that have this file. */
function ffprobesOf(file: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return /^\d+$/.test(pid) && words[0] === 'ffprobe' && words.some((word) => word.endsWith(file));
    } catch {
      return false;
    }
  }).length;
}

/** Opens and reads for ever: nobody writes into it. */
function endlessFile(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

test('a thread answers the same as a probe, and throws the same', async () => {
  assert.deepEqual(await ffprobes.probe(film, { keyFrames: true }), await probe(film, { keyFrames: true }));
  const junk = join(folder, 'junk.mp4');
  writeFileSync(junk, 'no film');
  const [ours, theirs] = await Promise.allSettled([ffprobes.probe(junk), probe(junk)]);
  assert.ok(ours.status === 'rejected' && theirs.status === 'rejected');
  assert.ok(ours.reason instanceof MediaError);
  const told = ({ fault, message, transient, log }: MediaError) => ({
    fault,
    message,
    transient,
    log: log.replace(/0x\w+/, ''),
  });
  assert.deepEqual(told(ours.reason), told(theirs.reason));
});

test('few run at once, the rest wait, and beyond that a caller is told to come again', async () => {
  const endless = endlessFile('queue.ts');
  const leaving = new AbortController();
  const all = Array.from({ length: 7 }, () => ffprobes.probe(endless, { signal: leaving.signal }));
  const settled = Promise.allSettled(all);
  await assert.rejects(all[6]!, { kind: 'service.busy' });
  while (ffprobesOf(endless) < 2) await turn(10);
  await turn(100);
  assert.equal(ffprobesOf(endless), 2);
  assert.deepEqual(ffprobes.load, { running: 2, waiting: 4 });
  // Who leaves neither waits nor lets anything run.
  leaving.abort();
  assert.ok((await settled).every(({ status }) => status === 'rejected'));
  while (ffprobesOf(endless) > 0) await turn(10);
  assert.deepEqual(ffprobes.load, { running: 0, waiting: 0 });
  assert.equal((await ffprobes.probe(film)).video.length, 1);
});

test('the end of the thread ends its ffprobes, and nothing is said against the file', async () => {
  const closing = new Ffprobes();
  const endless = endlessFile('close.ts');
  const probes = Array.from({ length: 6 }, () => closing.probe(endless));
  const rejected = Promise.all(
    probes.map((one) => assert.rejects(one, { name: 'MediaError', transient: true })),
  );
  while (ffprobesOf(endless) < 4) await turn(10);
  await closing.close();
  await rejected;
  assert.equal(ffprobesOf(endless), 0);
});
