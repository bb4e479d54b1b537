import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, EVENTS, PLANNED_ACTIONS, PUBLIC_ERRORS } from '../packages/contract/v2/index.ts';
import { compatibilityPage, shownBy, testFiles } from './generate/compatibility.ts';
import { contractPages, drifted, registries } from './generate.ts';

const files = await contractPages();

test('the generated files follow from the contract (else: npm run generate)', async () => {
  assert.deepEqual(await drifted(files), []);
  assert.deepEqual(await drifted(await registries()), []);
});

test('a file that differs or is missing counts as drifted', async () => {
  const changed = new Map([
    ['docs/api/README.md', 'something else'],
    ['docs/api/no-such-page.md', ''],
  ]);
  assert.deepEqual(await drifted(changed), [...changed.keys()]);
});

test('generating twice gives the same text', async () => {
  assert.deepEqual(await contractPages(), files);
});

test('the error page lists every code that an action or the gateway documents', () => {
  const page = files.get('docs/api/errors.md') ?? '';
  const codes = [
    ...Object.values(PUBLIC_ERRORS),
    ...ACTIONS.flatMap(({ errors }) => errors.map(({ code }) => code)),
  ];
  for (const code of codes) assert.match(page, new RegExp(`^\\| ${code} +\\|`, 'm'));
});

test('every action has a section, an OpenAPI path and an interface', () => {
  const openApi = JSON.parse(files.get('docs/api/openapi.json') ?? '') as { paths: Record<string, unknown> };
  const sdk = files.get('packages/sdk/src/generated/actions.ts') ?? '';
  for (const { name, group, permit } of ACTIONS) {
    assert.match(files.get(`docs/api/${group}.md`) ?? '', new RegExp(`^## ${name}$`, 'm'));
    assert.ok(openApi.paths[`/v2/index.php#Action=${name}`]);
    // Calls of devices are not the SDK's to make.
    const isInSdk = new RegExp(`^export (interface|type) ${name}Params\\b`, 'm').test(sdk);
    assert.equal(isInSdk, !permit, name);
  }
});

test('every reference inside the OpenAPI file leads somewhere', () => {
  const text = files.get('docs/api/openapi.json') ?? '';
  const document: unknown = JSON.parse(text);
  const references = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path);
  assert.ok(references.length > 0);
  for (const path of references) {
    const target = path
      .split('/')
      .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], document);
    assert.ok(target, path);
  }
});

test('what is offered has a test that shows it', () => {
  const tests = testFiles();
  const unshown = [...ACTIONS, ...EVENTS]
    .map(({ name }) => name)
    .filter((name) => shownBy(name, tests) === null);
  assert.deepEqual(unshown, [], 'these are in the contract as offered, and in no test');
});

test('a test shows what it names, not what only begins alike, and the contract alone shows nothing', () => {
  const tests = [
    { name: 'e2e/a.test.ts', text: "call('GetTaskListByFileId'); // GetTaskList" },
    { name: 'packages/contract/b.test.ts', text: "'GetTaskList'" },
    { name: 'e2e/c.test.ts', text: "call('FinishUpload'); FinishUpload.result.parse(x)" },
    { name: 'e2e/d.test.ts', text: "'FinishUpload'" },
  ];
  assert.equal(shownBy('GetTaskList', tests), null);
  assert.equal(shownBy('GetTaskListByFileId', tests), 'e2e/a.test.ts');
  assert.equal(shownBy('FinishUpload', tests), 'e2e/c.test.ts');
});

test('the table says of every action and event how it stands', () => {
  const page = compatibilityPage();
  for (const { name } of [...ACTIONS, ...EVENTS]) {
    assert.match(page, new RegExp(`^\\| \\[${name}\\].* works .*\\.test\\.ts\\)`, 'm'));
  }
  for (const { name } of PLANNED_ACTIONS) {
    assert.match(page, new RegExp(`^\\| ${name} .* 6100 `, 'm'));
  }
});
