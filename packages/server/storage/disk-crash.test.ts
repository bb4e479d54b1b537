import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytes, collect, contentOf, partsOf } from './conformance/bodies.ts';
import { openDiskStore } from './disk.ts';

const SIZE = 3_000_000;
const PART_SIZE = 256 * 1024;
const PARTS = partsOf(SIZE, PART_SIZE);
const KILLS = 10;

/** Writes assemblies, completes them and replaces an object for ever, and says what it was told is durable. */
const WRITER = `
  const [bodies, disk] = await Promise.all(['./conformance/bodies.ts', './disk.ts'].map((file) => import(new URL(file, ${JSON.stringify(import.meta.url)}))));
  const { body, bytes, partsOf } = bodies;
  const [root, first] = process.argv.slice(1);
  const store = await disk.openDiskStore(root);
  const parts = partsOf(${SIZE}, ${PART_SIZE});
  const say = (...words) => process.stdout.write(words.join(' ') + '\\n');
  for (let n = Number(first); ; n++) {
    const content = bytes(${SIZE}, n);
    const assembly = store.assembly('upload-' + n);
    await Promise.all(parts.map(async ({ offset, size }) => {
      await assembly.writePart(offset, size, body(content.subarray(offset, offset + size), 10_000));
      say('part', n, offset);
    }));
    say('complete', n);
    await assembly.complete('made/' + n, parts);
    say('completed', n);
    await store.put('replaced', body(bytes(${SIZE}, n)));
    say('replaced', n);
  }`;

/** Lets a writer work for a while, kills it, and returns what it said. */
async function killedWriter(root: string, first: number, after: number): Promise<string[][]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, root, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[][] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => said.push(line.split(' ')));
  await once(lines, 'line');
  await sleep(after);
  child.kill('SIGKILL');
  await once(lines, 'close');
  return said;
}

test('nothing acknowledged is lost, and nothing is half, when the process is killed', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'openvod-crash-'));
  t.after(() => rm(root, { recursive: true }));
  let first = 0;
  let replaced = -1;
  for (let kill = 0; kill < KILLS; kill++) {
    const said = await killedWriter(root, first, Math.random() * 150);
    const numbers = (word: string) => said.filter(([said]) => said === word).map(([, n]) => Number(n));
    const last = Math.max(...numbers('part'));
    const store = await openDiskStore(root);

    for (const n of numbers('completed')) assert.equal((await store.head(`made/${n}`))?.size, SIZE);
    for await (const { key } of store.list('made/')) {
      const n = Number(key.split('/')[1]);
      assert.ok((await contentOf(store, key)).equals(bytes(SIZE, n)), `${key} is not whole`);
    }

    replaced = Math.max(replaced, ...numbers('replaced'));
    if (await store.head('replaced')) {
      const content = await contentOf(store, 'replaced');
      const found = [replaced, last, last - 1].find((n) => n >= 0 && content.equals(bytes(SIZE, n)));
      assert.ok(found !== undefined && found >= replaced, 'the replaced object is old or mixed');
      replaced = found;
    } else {
      assert.equal(replaced, -1);
    }

    const assembly = store.assembly(`upload-${last}`);
    const offsets = said
      .filter(([word, n]) => word === 'part' && Number(n) === last)
      .map(([, , offset]) => Number(offset));
    if (numbers('complete').includes(last)) {
      // Whatever complete() had done already, the same call again ends it.
      await assembly.complete(`made/${last}`, PARTS);
      assert.ok((await contentOf(store, `made/${last}`)).equals(bytes(SIZE, last)));
    } else {
      const content = bytes(SIZE, last);
      for (const part of PARTS.filter(({ offset }) => offsets.includes(offset))) {
        const found = Buffer.concat(await collect(assembly.read([part])));
        assert.ok(
          found.equals(content.subarray(part.offset, part.offset + part.size)),
          `part ${part.offset} is lost`,
        );
      }
    }
    first = last + 1;
    await store.close();
  }
});
