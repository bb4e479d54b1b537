import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kindOf } from './kinds/all.ts';
import { type Patch, patched } from './patch.ts';

test('what a patch leaves out stays, what it says replaces', () => {
  const value = { a: { b: 1, c: { d: 2, e: 3 } }, list: [1, 2], none: null as { f: number } | null };
  const cases: [patch: Patch<typeof value>, expected: object][] = [
    [{}, value],
    [{ a: { c: { d: 4 } } }, { ...value, a: { b: 1, c: { d: 4, e: 3 } } }],
    [{ a: undefined }, value],
    [{ list: [3] }, { ...value, list: [3] }],
    [{ none: { f: 1 } }, { ...value, none: { f: 1 } }],
  ];
  for (const [patch, expected] of cases)
    assert.deepEqual(patched(value, patch), expected, JSON.stringify(patch));
});

test('null is a value, not a removal', () => {
  const value: { a: { b: number } | null; c: number } = { a: { b: 1 }, c: 2 };
  assert.deepEqual(patched(value, { a: null }), { a: null, c: 2 });
});

test('a field by the name of a prototype is a field like any other', () => {
  const changed = patched<object>({ a: 1 }, JSON.parse('{"__proto__": {"polluted": true}}'));
  assert.equal(Object.getPrototypeOf(changed), Object.prototype);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

/** Objects of objects, without the values of which a patch means something else: undefined is as if it were left out. */
const { tree } = fc.letrec<{ tree: unknown; object: object }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.jsonValue({ maxDepth: 0 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('tree'), { noNullPrototype: true }),
}));

/** What stands at the end of each path, for example `a.b` → 1. */
function leaves(value: unknown, at = ''): [path: string, leaf: unknown][] {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isBranch) return [[at, value]];
  return Object.entries(value).flatMap(([field, part]) => leaves(part, `${at}.${field}`));
}

const isWithin = (path: string, other: string) => path === other || path.startsWith(`${other}.`);

test('every leaf of a patch is in the result, and every leaf that it does not touch is as before', () => {
  fc.assert(
    fc.property(tree, tree, (value, patch) => {
      const result = patched<unknown>(value, patch as object);
      const after = leaves(result);
      const said = leaves(patch).filter(([, leaf]) => !isEmptyObject(leaf));
      for (const [path, leaf] of said)
        assert.ok(after.some(([other, is]) => other === path && Object.is(is, leaf)));
      if (!isObject(patch)) return;
      const touches = (path: string) =>
        leaves(patch).some(([other]) => isWithin(path, other) || isWithin(other, path));
      for (const [path, leaf] of leaves(value).filter(([path]) => !touches(path)))
        assert.ok(after.some(([other, is]) => other === path && Object.is(is, leaf)));
    }),
  );
});

test('a patch twice is a patch once, and changes neither itself nor the value', () => {
  fc.assert(
    fc.property(tree, tree, (value, patch) => {
      const [valueBefore, patchBefore] = [structuredClone(value), structuredClone(patch)];
      const once = patched<unknown>(value, patch as object);
      assert.deepEqual(patched<unknown>(once, patch as object), once);
      assert.deepEqual([value, patch], [valueBefore, patchBefore]);
    }),
  );
});

test('whatever one generation changes of a transcode, what it cannot say survives', () => {
  const { body: schema, presets } = kindOf('transcode');
  const before = presets.find(({ id }) => id === 30)!.body;
  // As if a generation knew bitrates and sizes only.
  const patches = fc.record(
    {
      video: fc.record(
        { bitrate: fc.integer({ min: 10_000, max: 50_000_000 }), width: fc.integer({ min: 720, max: 4096 }) },
        { requiredKeys: [] },
      ),
      audio: fc.record({ bitrate: fc.integer({ min: 26_000, max: 256_000 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(patches, (patch) => {
      const after = schema.parse(patched(before, patch));
      const { bitrate, width, ...video } = after.video!;
      const { bitrate: audioBitrate, ...audio } = after.audio!;
      assert.deepEqual(video, without(before.video!, 'bitrate', 'width'));
      assert.deepEqual(audio, without(before.audio!, 'bitrate'));
      assert.equal(after.container, before.container);
      assert.deepEqual(
        [bitrate, width, audioBitrate],
        [
          patch.video?.bitrate ?? before.video!.bitrate,
          patch.video?.width ?? before.video!.width,
          patch.audio?.bitrate ?? before.audio!.bitrate,
        ],
      );
    }),
  );
});

function without(object: object, ...fields: string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
