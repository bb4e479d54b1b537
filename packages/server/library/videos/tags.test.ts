import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTag, withoutTags, withTags } from './tags.ts';

test('a tag is one to eight letters, digits or Chinese characters', () => {
  for (const tag of ['a', 'testTag1', '测试', '𠮷'.repeat(8), 'été']) assert.ok(isTag(tag), tag);
  for (const text of ['', ' ', 'a b', 'testTag12', '测试测试测试测试测', 'a-b', 'a\0', '😀', '<b>']) {
    assert.ok(!isTag(text), text);
  }
});

test('tags are a set that remembers its order', () => {
  assert.deepEqual(withTags(['b', 'a'], ['a', 'c', 'c']), ['b', 'a', 'c']);
  assert.deepEqual(withoutTags(['b', 'a', 'c'], ['a', 'x']), ['b', 'c']);
});
