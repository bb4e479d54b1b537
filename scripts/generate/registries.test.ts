import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { registryFiles } from './registries.ts';

async function inFolder(files: Record<string, string>, check: (root: string) => Promise<void>) {
  const root = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  await check(root).finally(() => rm(root, { recursive: true }));
}

const small = { folder: 'room', exported: (name: string) => name.charAt(0).toLowerCase() + name.slice(1) };

test('an index lists the files with a capital, in order, and no others', () =>
  inFolder(
    {
      'room/GetVideo.ts': 'export const getVideo = 1;',
      'room/sub/AddVideo.ts': 'export function addVideo() {}',
      'room/GetVideo.test.ts': '',
      'room/deps.ts': 'export interface Deps {}',
      'room/all.ts': 'whatever',
    },
    async (root) => {
      const text = (await registryFiles(root, [small])).get('room/all.ts');
      assert.deepEqual(text?.split('\n').slice(1), [
        "export { getVideo } from './GetVideo.ts';",
        "export { addVideo } from './sub/AddVideo.ts';",
        '',
      ]);
    },
  ));

test('a file that does not export what its name says is refused by name', () =>
  inFolder({ 'room/GetVideo.ts': 'export const getVideos = 1;' }, (root) =>
    assert.rejects(registryFiles(root, [small]), /room\/GetVideo\.ts must export getVideo$/),
  ));
