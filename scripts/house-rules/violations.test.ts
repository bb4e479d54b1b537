import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARROWS } from './arrows.ts';
import { findViolations, importsOf, judgeImport } from './violations.ts';

test('the checkout keeps the house rules', async () => {
  assert.deepEqual(await findViolations(process.cwd()), []);
});

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
  ['packages/server/library/v2/GetVideoInfo.ts', '../../gateway/index.ts', true],
  ['packages/server/library/library.ts', '../config.ts', true],
  ['packages/server/upload/upload.ts', '../library/index.ts', false],
  ['packages/server/tasks/engine.ts', '@openvod/contract/v2', false],
  ['packages/server/storage/disk.ts', '@openvod/contract/v2', true],
  ['packages/contract/v2/index.ts', '@openvod/server', true],
  ['packages/sdk/src/client.ts', '@openvod/contract/v2', false],
  ['packages/sdk/src/client.ts', '../../server/compose.ts', true],
  ['packages/server/upload/upload.ts', '../library/tables.ts', true],
  ['packages/server/library/videos/read.ts', '../tables.ts', false],
  ['packages/server/compose.ts', './gateway/index.ts', false],
  ['packages/server/storage/disk.ts', 'node:fs', false],
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
