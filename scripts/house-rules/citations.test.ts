import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citationsOf, exists } from './citations.ts';

const cited: [file: string, text: string, targets: string[]][] = [
  ['a.ts', '// See docs/wire/upload.md, and media/probe.ts.', ['docs/wire/upload.md', 'media/probe.ts']],
  ['a.ts', '/** `contract/common.yaml` says so */', ['contract/common.yaml']],
  ['a.ts', "import { a } from './b/c.ts';\nconst x = 'docs/nothing.md';", []],
  ['a.ts', "const x = 'it // is docs/no.md'; // but docs/yes.md", ['docs/yes.md']],
  ['a.ts', '// packages/contract/actions/<group>/<Action>.ts and docs/*.md and x/{a,b}.ts', []],
  ['a.ts', '// https://example.org/docs/page.md and /v2/page.md', []],
  ['a.ts', '// file.ts alone is a name, not a path', []],
  ['a.ts', '// ../shared/a.yaml', ['../shared/a.yaml']],
  ['a.mjs', '// scripts/test.ts', ['scripts/test.ts']],
  ['a.yaml', 'path: docs/no.md # docs/yes.md', ['docs/yes.md']],
  [
    'a.md',
    'See [the page](docs/page.md#part), `docs/other.md`.',
    ['docs/page.md', 'docs/other.md', 'docs/page.md'],
  ],
  [
    'a.md',
    '[a folder](../packages/contract) [out](https://example.org) [here](#part)',
    ['../packages/contract'],
  ],
];

for (const [file, text, targets] of cited) {
  test(`${file} cites [${targets.join(', ')}]: ${text}`, () => {
    assert.deepEqual(
      citationsOf(file, text).map(({ target }) => target),
      targets,
    );
  });
}

test('a citation is found by its line', () => {
  assert.deepEqual(citationsOf('a.ts', 'const a = 1;\n\n/*\n * docs/a.md\n */'), [
    { target: 'docs/a.md', line: 4 },
  ]);
});

const files = new Set(['docs/a.md', 'packages/server/media/probe.ts', 'packages/contract']);
const lookups: [file: string, target: string, found: boolean][] = [
  ['packages/server/upload/finish.ts', 'media/probe.ts', true],
  ['packages/server/upload/finish.ts', '../media/probe.ts', true],
  ['packages/server/upload/finish.ts', 'docs/a.md', true],
  ['packages/server/upload/finish.ts', 'docs/b.md', false],
  ['docs/b.md', 'a.md', true],
  ['docs/b.md', '../packages/contract', true],
  ['README.md', 'packages/contract/', true],
  ['packages/sdk/src/client.ts', 'media/probe.ts', false],
];
for (const [file, target, found] of lookups) {
  test(`${target}, told in ${file}, ${found ? 'exists' : 'does not exist'}`, () => {
    assert.equal(exists(file, target, files), found);
  });
}
