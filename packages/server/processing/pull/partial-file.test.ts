import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PartialFile } from './partial-file.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const read = (name: string) => readFile(path.join(folder, `${name}.part`), 'utf8');

test('what was marked is there for who opens it next, and nothing that came later', async () => {
  const first = await PartialFile.open<string>(folder, 'a');
  assert.deepEqual([first.bytes, first.state], [0, null]);
  await first.append([Buffer.from('one '), Buffer.from('two ')], 'writing');
  await first.mark('marked');
  await first.append([Buffer.from('three')], 'writing on');
  // As a kill leaves it: not closed.
  const second = await PartialFile.open<string>(folder, 'a');
  assert.deepEqual([second.bytes, second.state, await read('a')], [8, 'marked', 'one two ']);
  await second.append([Buffer.from('four')], 'x');
  assert.equal(await read('a'), 'one two four');
  assert.equal((await second.head(3)).toString(), 'one');
  await second.close();
  await first.close();
});

test('a file that has lost what its mark speaks of, or whose mark is torn, begins anew', async () => {
  for (const spoil of [
    () => truncate(path.join(folder, 'b.part'), 2),
    () => rm(path.join(folder, 'b.part')),
    () => writeFile(path.join(folder, 'b.json'), '{"bytes":'),
    () => rm(path.join(folder, 'b.json')),
  ]) {
    const file = await PartialFile.open<string>(folder, 'b');
    await file.beginAnew();
    await file.append([Buffer.from('some bytes')], '');
    await file.mark('');
    await file.close();
    await spoil();
    const again = await PartialFile.open<string>(folder, 'b');
    assert.deepEqual([again.bytes, again.state, await read('b')], [0, null, '']);
    await again.close();
  }
});

test('bytes that were never marked do not come back after a new beginning', async () => {
  const file = await PartialFile.open<string>(folder, 'c');
  await file.append([Buffer.from('old')], '');
  await file.mark('old');
  await file.beginAnew();
  await file.append([Buffer.from('n')], '');
  await file.mark('new');
  await file.close();
  await appendFile(path.join(folder, 'c.part'), 'rest');
  const again = await PartialFile.open<string>(folder, 'c');
  assert.deepEqual([again.state, await read('c')], ['new', 'n']);
  await again.close();
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.new')),
    [],
  );
});
