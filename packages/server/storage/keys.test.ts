import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidKeyError } from './errors.ts';
import { checkAssemblyId, checkKey, checkPrefix } from './keys.ts';

const good = ['a', 'vod1250000001/5285890784/v.f230.m3u8', '-_/0', 'a..b', 'x'.repeat(200)];
const bad = [
  '',
  '/',
  '/etc/passwd',
  'a/',
  'a//b',
  '.',
  '..',
  '../a',
  'a/..',
  'a/../b',
  'a/./b',
  '.assemblies/1',
  'a/.b',
  'a\\b',
  'a b',
  'a\0b',
  'a\n',
  'ä',
  'a%2e%2e',
  'x'.repeat(201),
  `${'x/'.repeat(300)}x`,
];

test('keys are plain segments', () => {
  for (const key of good) assert.equal(checkKey(key), key);
  for (const key of bad) assert.throws(() => checkKey(key), InvalidKeyError, key);
});

test('a prefix is a key and a slash', () => {
  for (const key of good) assert.equal(checkPrefix(`${key}/`), `${key}/`);
  for (const key of bad) assert.throws(() => checkPrefix(`${key}/`), InvalidKeyError, key);
  assert.throws(() => checkPrefix('a'), InvalidKeyError);
  assert.throws(() => checkPrefix(''), InvalidKeyError);
});

test('an assembly id is one segment', () => {
  assert.equal(checkAssemblyId('1250000001-ab'), '1250000001-ab');
  for (const id of [...bad, 'a/b']) assert.throws(() => checkAssemblyId(id), InvalidKeyError, id);
});
