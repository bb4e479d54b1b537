import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { LEFT_MS } from '../../common/leftovers/leftovers.ts';
import { PullFolder } from './folder.ts';

async function open(t: TestContext) {
  const root = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const folder = new PullFolder(root);
  const write = async (flow: string) => {
    const files = folder.take(flow);
    const file = await files.open<string>('source');
    await file.append([Buffer.from('some')], '');
    await file.mark('');
    await file.close();
    return files;
  };
  /** As long later as nobody's files may lie there. */
  const sweepLater = async () => {
    await folder.sweep();
    now += LEFT_MS + 1;
    await folder.sweep();
  };
  return { root, folder, write, sweepLater };
}

test('what is in use stays however long it takes; what nobody goes on with is removed', async (t) => {
  const { root, write, sweepLater } = await open(t);
  const given = await write('Pull-a');
  const kept = await write('Pull-b');
  given[Symbol.dispose]();
  await sweepLater();
  assert.deepEqual((await readdir(root)).sort(), ['Pull-b.source.json', 'Pull-b.source.part']);
  kept[Symbol.dispose]();
  await sweepLater();
  assert.deepEqual(await readdir(root), []);
});

test('who has ended removes its own files only', async (t) => {
  const { root, write } = await open(t);
  const mine = await write('Pull-a');
  using _other = await write('Pull-ab');
  await mine.remove();
  assert.deepEqual((await readdir(root)).sort(), ['Pull-ab.source.json', 'Pull-ab.source.part']);
});
