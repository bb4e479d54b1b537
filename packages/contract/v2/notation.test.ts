import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flatten, MAX_DEPTH, MAX_PARAMETERS, type Pair, splitCommon } from './notation.ts';

const table: [what: string, query: string, tree: unknown][] = [
  ['flat names stay', 'fileId=1&priority=0', { fileId: '1', priority: '0' }],
  ['lists count from 0', 'tags.0=a&tags.1=b', { tags: { 0: 'a', 1: 'b' } }],
  ['lists count from anywhere, with gaps', 'tags.7=b&tags.3=a', { tags: { 3: 'a', 7: 'b' } }],
  ['leading zeros of an index do not count', 'tags.01=a', { tags: { 1: 'a' } }],
  ['objects nest', 'transcode.drm.definition=10', { transcode: { drm: { definition: '10' } } }],
  ['lists of objects', 'pullset.1.url=u', { pullset: { 1: { url: 'u' } } }],
  ['an underscore is a dot', 'transcode_definition_0=10', { transcode: { definition: { 0: '10' } } }],
  ['empty segments are skipped', 'a..b=1&_c=2&d.=3&.=4&=5', { a: { b: '1' }, c: '2', d: '3' }],
  ['of equal names the last counts', 'a=1&a=2&b.c=1&b_c=2', { a: '2', b: { c: '2' } }],
  ['an object wins over text before it', 'a=1&a.b=2', { a: { b: '2' } }],
  ['an object wins over text after it', 'a.b=2&a=1', { a: { b: '2' } }],
  ['an object wins over text, deeper down', 'a.b=1&a.b.c=2&a.b=3', { a: { b: { c: '2' } } }],
];

for (const [what, query, expected] of table) {
  test(`notation: ${what}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(treeOf(query))), expected);
  });
}

test('common parameters are taken out, with a capital or a small first letter', () => {
  const split = splitCommon(pairsOf('Action=A&secretId=B&SubAppId=3&subappid=4&fileId=1'));
  assert.ok(split.ok);
  assert.deepEqual(split.common, { action: 'A', secretId: 'B', subAppId: '3' });
  assert.deepEqual({ ...split.tree }, { fileId: '1', subappid: '4' });
});

test('names of object members are names like any other', () => {
  const tree = treeOf('__proto__.polluted=1&constructor.prototype.polluted=1&a.__proto__=2&toString=3');
  assert.equal(({} as { polluted?: string }).polluted, undefined);
  assert.equal(Object.getPrototypeOf(tree), null);
  assert.deepEqual(JSON.parse(JSON.stringify(tree)), {
    proto: { polluted: '1' },
    constructor: { prototype: { polluted: '1' } },
    a: { proto: '2' },
    toString: '3',
  });
});

test('too many parameters are refused', () => {
  const pairs = (count: number): Pair[] => Array.from({ length: count }, (_, i) => [`a.${i}`, '']);
  assert.ok(splitCommon(pairs(MAX_PARAMETERS)).ok);
  assert.ok(!splitCommon(pairs(MAX_PARAMETERS + 1)).ok);
});

test('too deep a name is refused, however it is written', () => {
  const name = (depth: number) => Array.from({ length: depth }, () => 'a').join('.');
  assert.ok(splitCommon([[name(MAX_DEPTH), '1']]).ok);
  assert.ok(!splitCommon([[name(MAX_DEPTH + 1), '1']]).ok);
  assert.ok(!splitCommon([[`.${name(MAX_DEPTH + 1)}`, '1']]).ok);
  assert.ok(!splitCommon([[name(100_000), '1']]).ok);
});

test('any pairs give a tree of text, or a refusal', () => {
  const segment = fc.constantFrom('a', 'b', '0', '1', '007', '__proto__', 'constructor', '', '中');
  const name = fc.array(fc.tuple(segment, fc.constantFrom('.', '_', '..')), { maxLength: 12 });
  const pair = fc.tuple(
    name.map((parts) => parts.flat().join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
      const split = splitCommon(pairs);
      if (split.ok) assertTree(split.tree, MAX_DEPTH);
    }),
  );
});

test('what a client flattens comes back as it was, in order', () => {
  const key = fc.stringMatching(/^[a-z]{1,6}$/);
  const leaf = fc.string();
  const object = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf, { minLength: 1 })), { minKeys: 1 });
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(leaf, object)), (value) => {
      const split = splitCommon(flatten({ p: value }));
      assert.ok(split.ok);
      const expected = Object.keys(value).length === 0 ? {} : { p: value };
      assert.deepEqual(JSON.parse(JSON.stringify(split.tree)), arraysAsTrees(expected));
    }),
  );
});

test('flatten writes booleans as 1 and 0 and leaves out what is not there', () => {
  assert.deepEqual(flatten({ a: true, b: false, c: undefined, d: null, e: { f: [1, 'x'] } }), [
    ['a', '1'],
    ['b', '0'],
    ['e.f.0', '1'],
    ['e.f.1', 'x'],
  ]);
});

function assertTree(node: object, depth: number): void {
  assert.ok(depth > 0);
  assert.equal(Object.getPrototypeOf(node), null);
  for (const [name, value] of Object.entries(node)) {
    assert.notEqual(name, '');
    if (typeof value !== 'string') assertTree(value, depth - 1);
  }
}

function arraysAsTrees(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, arraysAsTrees(child)]));
}

function treeOf(query: string) {
  const split = splitCommon(pairsOf(query));
  assert.ok(split.ok);
  return split.tree;
}

function pairsOf(query: string): Pair[] {
  return [...new URLSearchParams(query)];
}
