import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeClip, picture, quickH264, temporaryFolder } from '../testing/clips.ts';
import { HeaderThread } from './header-thread.ts';

const folder = temporaryFolder();
const film = makeClip(folder, 'film.mp4', `${picture('320x180')} ${quickH264}`);

/** A thread that does `work` with the path it is given, and ends with the test file. */
function threadThat(work: string, maxMs?: number): HeaderThread {
  const script = `
    import { parentPort } from 'node:worker_threads';
    const read = async (path) => { ${work} };
    parentPort.on('message', async (path) => parentPort.postMessage(await read(path)));`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const thread = new HeaderThread({ entry, maxMs });
  after(() => thread.close());
  return thread;
}

const answer = `return { headers: null, doubt: 'read ' + path };`;

test('files are read one after another, each answered with its own', async () => {
  const thread = threadThat(answer);
  const readings = await Promise.all(['a', 'b', 'c'].map((path) => thread.read(path)));
  assert.deepEqual(
    readings.map((reading) => reading.doubt),
    ['read a', 'read b', 'read c'],
  );
});

test('a thread that was started ahead reads the first file, and one that was closed starts no more', async () => {
  const thread = threadThat(
    `globalThis.count = (globalThis.count ?? 0) + 1; return { doubt: 'file ' + globalThis.count };`,
  );
  thread.start();
  thread.start();
  assert.equal((await thread.read('a')).doubt, 'file 1');
  assert.equal((await thread.read('b')).doubt, 'file 2');
  await thread.close();
  thread.start();
  assert.equal((await thread.read('c')).doubt, 'closed');
});

const misfortunes: [string, string, RegExp][] = [
  ['takes for ever', 'for (;;);', /too long/],
  ['eats all memory', 'const all = []; for (;;) all.push({ path, more: [path] });', /memory/],
  ['throws', `setTimeout(() => { throw new Error('broken'); }); return new Promise(() => {});`, /broken/],
  ['ends', 'process.exit(1);', /ended/],
];
for (const [name, work, doubt] of misfortunes) {
  test(`a file over which the thread ${name} is in doubt, the next one is read by a new thread`, async () => {
    const thread = threadThat(
      `if (path === 'bad') { ${work} } ${answer}`,
      name === 'takes for ever' ? 3000 : 30_000,
    );
    const [bad, good] = await Promise.all([thread.read('bad'), thread.read('good')]);
    assert.match(bad.doubt ?? '', doubt);
    assert.equal(bad.headers, null);
    assert.equal(good.doubt, 'read good');
  });
}

test('a long queue is not waited for', async () => {
  const thread = threadThat(answer);
  const readings = await Promise.all(Array.from({ length: 80 }, (_, i) => thread.read(String(i))));
  assert.ok(readings.some((reading) => reading.doubt === 'too many wait'));
  assert.equal(readings[0]?.doubt, 'read 0');
});

test('a missing file is in doubt', async () => {
  const thread = new HeaderThread();
  after(() => thread.close());
  assert.match((await thread.read('/nowhere/film.mp4')).doubt ?? '', /ENOENT/);
  assert.match((await thread.read(folder)).doubt ?? '', /unknown kind|ends too early|EISDIR/);
  assert.ok((await thread.read(film)).headers);
});

test('closing leaves nobody waiting, and nothing is read afterwards', async () => {
  const thread = threadThat('for (;;);', 30_000);
  const waiting = [thread.read('a'), thread.read('b')];
  await thread.close();
  for (const reading of [...(await Promise.all(waiting)), await thread.read('c')]) {
    assert.equal(reading.doubt, 'closed');
  }
});
