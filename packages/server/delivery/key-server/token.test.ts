import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameWithToken, playlistWithToken, withoutToken } from './token.ts';

test('a token stands in front of the name of a playlist, and may be made of anything', () => {
  const cases: [url: string, found: [url: string, token: string] | null][] = [
    ['/vod1/2/voddrm.token.ABC123.f0.f210.m3u8', ['/vod1/2/f0.f210.m3u8', 'ABC123']],
    ['/vod1/2/voddrm.token.a.b.c.f0.f210.m3u8?t=1', ['/vod1/2/f0.f210.m3u8?t=1', 'a.b.c']],
    ['/vod1/2/voddrm.token.a%3D%2F~b.master_playlist.m3u8', ['/vod1/2/master_playlist.m3u8', 'a=/~b']],
    ['/vod1/2/run-1/voddrm.token.a.f0.f210.m3u8', ['/vod1/2/run-1/f0.f210.m3u8', 'a']],
    ['/vod1/2/f0.f210.m3u8', null],
    ['/vod1/2/f0.f210.m3u8?voddrm.token.a.f0.f210.m3u8', null],
    ['/vod1/2/voddrm.token..f0.f210.m3u8', null],
    ['/vod1/2/voddrm.token.f0.f210.m3u8', null],
    ['/vod1/2/voddrm.token.a.f0.f210.ts', null],
    ['/vod1/2/voddrm.token.a.1.m3u8', null],
    ['/vod1/2/voddrm.token.%zz.f0.f210.m3u8', null],
    [`/vod1/2/voddrm.token.${'a'.repeat(5000)}.f0.f210.m3u8`, null],
    ['/vod1/voddrm.token.a/f0.f210.m3u8', null],
  ];
  for (const [url, found] of cases) {
    const { url: plain, token } = withoutToken(url) ?? {};
    assert.deepEqual(plain === undefined ? null : [plain, token], found, url);
  }
});

test('what is put into a name is read from it again', () => {
  const token = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(token, fc.constantFrom('f0.f210.m3u8', 'master_playlist.m3u8'), (text, name) => {
      const named = nameWithToken(name, text);
      assert.match(named, /^[!-~]+$/);
      assert.doesNotMatch(named, /[/?#"]/);
      assert.deepEqual(withoutToken(`/vod1/2/${named}?t=1`), { url: `/vod1/2/${name}?t=1`, token: text });
    }),
  );
  assert.equal(nameWithToken('f0.f210.m3u8', ''), 'f0.f210.m3u8');
});

test('whatever an address is, reading a token from it throws nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => void withoutToken(`/vod1/2/voddrm.token.${text}`)));
});

test('addresses of keys carry the token, those of variants have it in front, all else stays', () => {
  const cases: [line: string, expected: string][] = [
    [
      '#EXT-X-KEY:METHOD=AES-128,URI="https://keys/a?edk=b&fileId=1",IV=0x0',
      '#EXT-X-KEY:METHOD=AES-128,URI="https://keys/a?edk=b&fileId=1&token=a%3D%22",IV=0x0',
    ],
    ['#EXT-X-KEY:METHOD=AES-128,URI="key"', '#EXT-X-KEY:METHOD=AES-128,URI="key?token=a%3D%22"'],
    ['#EXT-X-KEY:METHOD=NONE', '#EXT-X-KEY:METHOD=NONE'],
    ['f0.f210.m3u8', 'voddrm.token.a%3D%22.f0.f210.m3u8'],
    ['f0.f210.m3u8?t=1', 'voddrm.token.a%3D%22.f0.f210.m3u8?t=1'],
    ['#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8"', '#EXT-X-MEDIA:TYPE=AUDIO,URI="voddrm.token.a%3D%22.a.m3u8"'],
    ['https://other.example.com/f0.f210.m3u8', 'https://other.example.com/f0.f210.m3u8'],
    ['run-1/f0.f210.ts?start=0&end=9', 'run-1/f0.f210.ts?start=0&end=9'],
    ['#EXTINF:10.000,', '#EXTINF:10.000,'],
  ];
  for (const [line, expected] of cases)
    assert.equal(playlistWithToken(`#EXTM3U\n${line}\n`, 'a="'), `#EXTM3U\n${expected}\n`);
});
