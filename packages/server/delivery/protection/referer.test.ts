import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayPlay, type RefererRule } from './referer.ts';

const rule = (mode: RefererRule['mode'], referers: string[], blank = true): RefererRule => ({
  mode,
  referers,
  blank,
});

test('entries mean the beginnings of addresses, stars any text within the host', () => {
  const cases: [entry: string, referer: string, isListed: boolean][] = [
    ['abc.com', 'http://abc.com/123', true],
    ['abc.com', 'https://abc.com', true],
    ['abc.com', 'https://ABC.com/x', true],
    // "abc.com also means abc.com.cn" (docs/wire/delivery.md, Referer lists).
    ['abc.com', 'http://abc.com.cn/', true],
    ['abc.com', 'http://www.abc.com/', false],
    ['abc.com', 'http://evil.com/abc.com', false],
    ['abc.com', 'http://evil.com/?http://abc.com', false],
    ['abc.com/shop', 'http://abc.com/shop/1', true],
    ['abc.com/shop', 'http://abc.com/', false],
    ['*.abc.com', 'http://www.abc.com/1', true],
    ['*.abc.com', 'http://a.b.abc.com/1', true],
    ['*.abc.com', 'http://abc.com/1', false],
    ['*.abc.com', 'http://evil.com/x.abc.com', false],
    ['*.abc.com', 'http://wwwxabc.com/', false],
    ['m*.abc.*', 'http://m1.abc.org/', true],
  ];
  for (const [entry, referer, isListed] of cases) {
    assert.equal(mayPlay(rule('allow', [entry]), referer, ''), isListed, `allow ${entry} ${referer}`);
    assert.equal(mayPlay(rule('deny', [entry]), referer, ''), !isListed, `deny ${entry} ${referer}`);
    assert.equal(mayPlay(rule('off', [entry]), referer, ''), true);
  }
});

test('who names no page may when that is allowed', () => {
  for (const mode of ['allow', 'deny'] as const) {
    assert.equal(mayPlay(rule(mode, ['abc.com'], true), '', ''), true);
    assert.equal(mayPlay(rule(mode, ['abc.com'], false), '', ''), false);
  }
});

test('pages of the host that is asked always may', () => {
  assert.equal(
    mayPlay(rule('allow', ['abc.com']), 'http://vod.example.com:8620/play/2', 'vod.example.com:8620'),
    true,
  );
  assert.equal(
    mayPlay(rule('allow', ['abc.com']), 'http://vod.example.com:8620.evil.com/', 'vod.example.com:8620'),
    false,
  );
});
