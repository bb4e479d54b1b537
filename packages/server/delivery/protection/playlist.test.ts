import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutPlaylist, joinPieces, lastByteOf, piecesOf } from './playlist.ts';

const signed = (playlist: string) => joinPieces(piecesOf(playlist), 't=1&sign=2');

test('segments, variants and keys carry the query; addresses of others do not', () => {
  const cases: [line: string, expected: string][] = [
    ['f0.f210.ts?start=0&end=9&type=mpegts', 'f0.f210.ts?start=0&end=9&type=mpegts&t=1&sign=2'],
    ['f0.f210.m3u8', 'f0.f210.m3u8?t=1&sign=2'],
    ['f0.f210.m3u8\r', 'f0.f210.m3u8?t=1&sign=2\r'],
    ['/vod1/2/a.ts', '/vod1/2/a.ts?t=1&sign=2'],
    ['https://other.example.com/a.ts', 'https://other.example.com/a.ts'],
    ['//other.example.com/a.ts', '//other.example.com/a.ts'],
    ['', ''],
    ['#EXTINF:10.000,', '#EXTINF:10.000,'],
    ['# a comment about URI', '# a comment about URI'],
    [
      '#EXT-X-KEY:METHOD=AES-128,URI="key?a=b",IV=0x0',
      '#EXT-X-KEY:METHOD=AES-128,URI="key?a=b&t=1&sign=2",IV=0x0',
    ],
    ['#EXT-X-KEY:METHOD=AES-128,URI="https://keys/a"', '#EXT-X-KEY:METHOD=AES-128,URI="https://keys/a"'],
    ['#EXT-X-MAP:URI="init.mp4"', '#EXT-X-MAP:URI="init.mp4?t=1&sign=2"'],
    [
      '#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8",NAME="b"',
      '#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8?t=1&sign=2",NAME="b"',
    ],
  ];
  for (const [line, expected] of cases) {
    assert.equal(signed(`#EXTM3U\n${line}\n#EXT-X-ENDLIST\n`), `#EXTM3U\n${expected}\n#EXT-X-ENDLIST\n`);
  }
});

const segments = (...durations: number[]) =>
  [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:10',
    ...durations.flatMap((seconds, n) => [
      `#EXTINF:${seconds.toFixed(3)},`,
      `r-1/f0.f210.ts?start=${n * 100}&end=${n * 100 + 99}&type=mpegts`,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');

test('a preview ends with the segment that reaches it', () => {
  const whole = segments(10, 10, 10, 4);
  assert.equal(cutPlaylist(whole, 1), segments(10));
  assert.equal(cutPlaylist(whole, 10), segments(10));
  assert.equal(cutPlaylist(whole, 11), segments(10, 10));
  assert.equal(cutPlaylist(whole, 30), segments(10, 10, 10));
  assert.equal(cutPlaylist(whole, 34), whole);
  assert.equal(cutPlaylist(whole, 999), whole);
  const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nf0.f210.m3u8\n';
  assert.equal(cutPlaylist(master, 1), master);
  assert.deepEqual(
    [lastByteOf(cutPlaylist(whole, 11)), lastByteOf(whole), lastByteOf(master)],
    [199, 399, null],
  );
});

test('a text without relative addresses stays what it is', () => {
  fc.assert(
    fc.property(fc.array(fc.string().map((text) => `#${text.replace(/[\n\0]|URI/g, '')}`)), (lines) => {
      assert.equal(signed(lines.join('\n')), lines.join('\n'));
    }),
  );
});
