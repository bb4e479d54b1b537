import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARROWS } from './arrows.ts';
import { importsOf, importViolations, judgeGeneration, judgeImport } from './imports.ts';

test('the arrows between rooms form no circle', () => {
  const done = new Set<string>(['contract']);
  let before = -1;
  while (done.size > before) {
    before = done.size;
    for (const [room, targets] of Object.entries(ARROWS))
      if (targets.every((t) => done.has(t))) done.add(room);
  }
  assert.deepEqual(
    Object.keys(ARROWS).filter((room) => !done.has(room)),
    [],
  );
});

const cases: [file: string, target: string, forbidden: boolean][] = [
  ['packages/server/media/probe.ts', '../database/index.ts', true],
  ['packages/server/media/probe.ts', './plan.ts', false],
  ['packages/server/library/actions/GetVideoInfo.ts', '../../gateway/index.ts', true],
  ['packages/server/library/library.ts', '../config.ts', true],
  ['packages/server/upload/upload.ts', '../library/index.ts', false],
  ['packages/server/tasks/engine.ts', '@openvod/contract', false],
  ['packages/server/storage/disk.ts', '@openvod/contract', true],
  ['packages/contract/index.ts', '@openvod/server', true],
  ['packages/sdk/src/client.ts', '@openvod/contract', false],
  ['packages/sdk/src/client.ts', '../../server/compose.ts', true],
  ['packages/server/upload/upload.ts', '../library/tables.ts', true],
  ['packages/server/library/videos/read.ts', '../tables.ts', false],
  ['packages/server/compose.ts', './gateway/index.ts', false],
  ['packages/server/storage/disk.ts', 'node:fs', false],
  ['packages/server/commands/keys.ts', '../accounts/index.ts', false],
  ['packages/server/commands/keys.ts', '../accounts/tables.ts', true],
  ['packages/server/accounts/index.ts', '../commands/keys.ts', true],
];

for (const [file, target, forbidden] of cases) {
  test(`${file} ${forbidden ? 'must not' : 'may'} import ${target}`, () => {
    assert.equal(judgeImport(file, target) !== null, forbidden);
  });
}

test('imports are found in every form', () => {
  const source = `import a from 'a';\nimport type { B } from "b";\nexport * from './c.ts';\nimport 'd';\nawait import('e');`;
  assert.deepEqual(importsOf(source), ['a', 'b', './c.ts', 'd', 'e']);
});

const generations: [file: string, target: string, forbidden: boolean][] = [
  ['packages/server/library/index.ts', './v2/index.ts', false],
  ['packages/server/library/v2/GetVideoInfo.ts', './views/play-set.ts', false],
  ['packages/server/library/v2/views/play-set.ts', '../deps.ts', false],
  ['packages/server/compose.ts', './library/v2/index.ts', false],
  ['packages/server/library/catalogue/index.ts', './v2/index.ts', false],
  ['packages/server/library/videos/find.ts', '../v2/deps.ts', true],
  ['packages/server/library/videos/index.ts', '../v2/deps.ts', true],
  ['packages/server/upload/index.ts', '../library/v2/GetVideoInfo.ts', true],
  ['packages/server/upload/v2/InitUpload.ts', '../../library/v2/views/play-set.ts', true],
  ['packages/server/library/v2/GetVideoInfo.ts', '@openvod/contract/v2', false],
  ['packages/server/library/v2/GetVideoInfo.ts', '../../common/v2/handler.ts', false],
  ['packages/server/library/index.ts', '../common/v2/handlers.ts', false],
  ['packages/server/library/videos/find.ts', '../../common/v2/handler.ts', true],
];

for (const [file, target, forbidden] of generations) {
  test(`${file} ${forbidden ? 'must not' : 'may'} look into ${target}`, () => {
    assert.equal(judgeGeneration(file, target) !== null, forbidden);
  });
}

test('tests may import anything, other files break a rule once for each import', () => {
  const text = "import a from '../database/index.ts';\nimport b from '../library/v2/deps.ts';";
  assert.equal(importViolations('packages/server/media/probe.ts', text).length, 2);
  assert.deepEqual(importViolations('packages/server/media/probe.test.ts', text), []);
});
