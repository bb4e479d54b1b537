import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, PUBLIC_ERRORS } from '../packages/contract/v2/index.ts';
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
