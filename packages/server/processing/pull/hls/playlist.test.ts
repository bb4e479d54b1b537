import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bestOf,
  isPlaylist,
  type MasterPlaylist,
  type MediaPlaylist,
  PlaylistError,
  parsePlaylist,
} from './playlist.ts';

const BASE = 'https://cdn.example.com/film/index.m3u8?token=1';
const media = (...lines: string[]) =>
  parsePlaylist(['#EXTM3U', ...lines, '#EXT-X-ENDLIST'].join('\n'), BASE) as MediaPlaylist;
const hex = (digits: string) => Buffer.from(digits.padStart(32, '0'), 'hex');

test('a playlist is told by its first words alone', () => {
  for (const [head, expected] of [
    ['#EXTM3U\n', true],
    ['#EXTM3U', true],
    ['\xef\xbb\xbf#EXTM3U\r\n', true],
    ['#EXTM3U8\n', false],
    ['\n#EXTM3U\n', false],
    ['\0\0\0\x18ftypmp42', false],
  ] as const) {
    assert.equal(isPlaylist(Buffer.from(head, 'latin1')), expected, JSON.stringify(head));
  }
});

test('segments have the address, the bytes and the key that the tags before them say', () => {
  const { pieces } = media(
    '#EXT-X-MEDIA-SEQUENCE:7',
    '#EXTINF:4,',
    'a.ts',
    '#EXT-X-BYTERANGE:100@20',
    '/b.ts',
    '#EXT-X-BYTERANGE:50',
    '/b.ts',
    '#EXT-X-KEY:METHOD=AES-128,URI="keys/1, or so",IV=0xAB',
    '../c.ts',
    '#EXT-X-KEY:METHOD=AES-128,URI="https://keys.example.com/2"',
    'd.ts',
    '#EXT-X-KEY:METHOD=NONE',
    '//other.example.com/e.ts',
  );
  assert.deepEqual(pieces, [
    { url: 'https://cdn.example.com/film/a.ts', range: null, key: null },
    { url: 'https://cdn.example.com/b.ts', range: { offset: 20, length: 100 }, key: null },
    { url: 'https://cdn.example.com/b.ts', range: { offset: 120, length: 50 }, key: null },
    {
      ...{ url: 'https://cdn.example.com/c.ts', range: null },
      key: { url: 'https://cdn.example.com/film/keys/1,%20or%20so', iv: hex('ab') },
    },
    // Without an IV it is the number of the segment.
    {
      ...{ url: 'https://cdn.example.com/film/d.ts', range: null },
      key: { url: 'https://keys.example.com/2', iv: hex('0b') },
    },
    { url: 'https://other.example.com/e.ts', range: null, key: null },
  ]);
});

test('an initialisation section comes once, before the first segment that needs it', () => {
  const { pieces } = media(
    '#EXT-X-MAP:URI="f.mp4",BYTERANGE="700@0"',
    'f.mp4',
    '#EXT-X-MAP:URI="f.mp4",BYTERANGE="700@0"',
    'g.m4s',
  );
  assert.deepEqual(
    pieces.map(({ url, range }) => [url.split('/').at(-1), range]),
    [
      ['f.mp4', { offset: 0, length: 700 }],
      ['f.mp4', null],
      ['g.m4s', null],
    ],
  );
});

test('of several films the one with most bits is taken, with its own sound where that lies apart', () => {
  const master = parsePlaylist(
    [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="low",NAME="a",URI="low.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="high",NAME="a",URI="other.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="high",NAME="b",DEFAULT=YES,URI="high.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="high",NAME="c",URI="text.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.64001f,mp4a.40.2",AUDIO="low"',
      '900.m3u8',
      '#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=3000000,AUDIO="high"',
      '# a comment',
      '3000.m3u8',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9000000,URI="frames.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=2000000',
      '2000.m3u8',
    ].join('\r\n'),
    BASE,
  ) as MasterPlaylist;
  assert.equal(master.variants.length, 3);
  assert.deepEqual(bestOf(master), {
    picture: 'https://cdn.example.com/film/3000.m3u8',
    sound: 'https://cdn.example.com/film/high.m3u8',
  });
});

const refused: [name: string, lines: string[], reason: RegExp][] = [
  ['nothing in it', [], /names no film/],
  ['DRM', ['#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x"', 'a.ts'], /more than AES-128/],
  [
    'a key format of a DRM',
    ['#EXT-X-KEY:METHOD=AES-128,URI="x",KEYFORMAT="com.apple"', 'a.ts'],
    /more than AES-128/,
  ],
  ['several encodes', ['#EXT-X-MAP:URI="1"', 'a', '#EXT-X-MAP:URI="2"', 'b'], /several encodes/],
  ['a range that begins nowhere', ['#EXT-X-BYTERANGE:10', 'a.ts'], /without a beginning/],
  ['a range that is none', ['#EXT-X-BYTERANGE:1e9@0', 'a.ts'], /"1e9" for a number/],
  ['an IV that is none', ['#EXT-X-KEY:METHOD=AES-128,URI="x",IV=7', 'a.ts'], /an IV that is none/],
  ['no address', ['http://'], /no address/],
];
for (const [name, lines, reason] of refused) {
  test(`a playlist with ${name} is refused`, () => {
    assert.throws(
      () => media(...lines),
      (error) => error instanceof PlaylistError && reason.test(error.message),
    );
  });
}

test('one that is live is refused', () => {
  assert.throws(() => parsePlaylist('#EXTM3U\n#EXTINF:4,\na.ts\n', BASE), /live/);
});

test('whatever a playlist says, it is read or refused', () => {
  const word = fc.constantFrom(
    ...[
      '#EXT-X-KEY:METHOD=AES-128,URI="k"',
      '#EXT-X-MAP:URI="m"',
      '#EXT-X-BYTERANGE:5@0',
      '#EXT-X-BYTERANGE:5',
    ],
    ...['#EXT-X-STREAM-INF:BANDWIDTH=x', '#EXT-X-MEDIA-SEQUENCE:9', '#EXTINF:', 'a.ts', '#EXT-X-ENDLIST', ''],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string())), (lines) => {
      try {
        const playlist = parsePlaylist(['#EXTM3U', ...lines].join('\n'), BASE);
        const urls = playlist.kind === 'media' ? playlist.pieces : playlist.variants;
        for (const { url } of urls) assert.ok(URL.canParse(url));
      } catch (error) {
        assert.ok(error instanceof PlaylistError, String(error));
      }
    }),
  );
});
