import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pictureSize } from './sizing.ts';

const adapted = { width: null, height: null, selfAdapting: true, bothEdges: true } as const;
const literal = { width: null, height: null, selfAdapting: false } as const;
const both = { width: true, height: true };

const cases: [string, [number, number], [number | 'source', number | 'source' | null], string][] = [
  ['16:9 to the smallest preset', [1920, 1080], [320, 240], '320x180'],
  ['portrait: the long edge is the height', [1080, 1920], [320, 240], '180x320'],
  ['4:3', [1440, 1080], [640, 480], '640x480'],
  ['square', [1000, 1000], [640, 480], '640x640'],
  ['cinema width, rounded to even', [1920, 803], [1280, 720], '1280x536'],
  ['smaller than the preset: never enlarged', [640, 360], [1920, 1080], '640x360'],
  ['odd and smaller: even below', [641, 361], [1920, 1080], '640x360'],
  ['source size', [1918, 1078], ['source', 'source'], '1918x1078'],
  ['source size, odd', [853, 479], ['source', 'source'], '852x478'],
  ['no short edge given', [1920, 1080], [960, null], '960x540'],
  ['a line', [4000, 2], [1280, 720], '1280x2'],
];
for (const [name, [displayWidth, displayHeight], [width, height], expected] of cases) {
  test(`sizes: ${name}`, () => {
    const size = pictureSize({ displayWidth, displayHeight }, { width, height, selfAdapting: true }, false);
    assert.equal(`${size.width}x${size.height}`, expected);
  });
}

const enlarged: [string, [number, number], [number | 'source', number | 'source' | null], string][] = [
  ['4:3 to the documents’ own sample', [640, 480], [1280, 720], '1280x960'],
  ['and to the next', [640, 480], [1920, 1080], '1920x1440'],
  ['portrait', [360, 640], [1280, 720], '720x1280'],
  ['odd edges', [301, 201], [640, 480], '640x428'],
  ['a larger source becomes smaller as ever', [1920, 1080], [1280, 720], '1280x720'],
  ['source size stays', [640, 360], ['source', 'source'], '640x360'],
];
for (const [name, [displayWidth, displayHeight], [width, height], expected] of enlarged) {
  test(`scaling up: ${name}`, () => {
    const size = pictureSize({ displayWidth, displayHeight }, { width, height, selfAdapting: true }, true);
    assert.equal(`${size.width}x${size.height}`, expected);
  });
}

const bounds: [string, [number, number], Parameters<typeof pictureSize>[1], upscale: boolean, string][] = [
  ['both edges are bounds', [640, 480], { ...adapted, width: 640, height: 360 }, false, '480x360'],
  ['the same of a portrait', [480, 640], { ...adapted, width: 640, height: 360 }, false, '360x480'],
  ['which 16:9 does not notice', [1920, 1080], { ...adapted, width: 640, height: 480 }, false, '640x360'],
  ['and square pictures do', [1000, 1000], { ...adapted, width: 640, height: 480 }, false, '480x480'],
  ['odd bounds', [1920, 1080], { ...adapted, width: 641, height: 361 }, false, '640x360'],
  [
    'the height alone is that of the shorter edge',
    [1920, 1080],
    { ...adapted, height: 480 },
    false,
    '854x480',
  ],
  ['the same of a portrait', [1080, 1920], { ...adapted, height: 480 }, false, '480x854'],
  ['never enlarged', [640, 360], { ...adapted, height: 480 }, false, '640x360'],
  ['save on demand', [640, 360], { ...adapted, height: 480 }, true, '854x480'],
  ['but not a bound', [640, 360], { ...adapted, height: 480, atMost: { height: true } }, true, '640x360'],
  ['nor one of the width', [640, 360], { ...adapted, width: 1280, atMost: { width: true } }, true, '640x360'],
  ['a thread gets no longer than media can make', [4000, 20], { ...adapted, height: 480 }, true, '4096x20'],
  ['literally, the width alone', [1080, 1920], { ...literal, width: 540 }, false, '540x960'],
  ['literally, the height alone', [1920, 1080], { ...literal, height: 540 }, false, '960x540'],
  ['which enlarges', [640, 360], { ...literal, height: 720 }, false, '1280x720'],
  ['a literal bound', [640, 360], { ...literal, height: 720, atMost: { height: true } }, false, '640x360'],
  ['two of them', [640, 360], { ...literal, width: 320, height: 720, atMost: both }, false, '320x360'],
  ['a literal thread', [20, 4000], { ...literal, width: 640 }, false, '20x4096'],
];
for (const [name, [displayWidth, displayHeight], spec, upscale, expected] of bounds) {
  test(`own sizes: ${name}`, () => {
    const size = pictureSize({ displayWidth, displayHeight }, spec, upscale);
    assert.equal(`${size.width}x${size.height}`, expected);
  });
}

test('without self-adapting, width and height are literal', () => {
  const portrait = { displayWidth: 1080, displayHeight: 1920 };
  const size = pictureSize(portrait, { width: 640, height: 361, selfAdapting: false }, false);
  assert.deepEqual(size, { width: 640, height: 362 });
});

test('self-adapting pictures are even, keep their orientation and are enlarged only on demand', () => {
  const edge = fc.integer({ min: 2, max: 8192 });
  const wantedEdge = fc.integer({ min: 128, max: 4096 });
  fc.assert(
    fc.property(edge, edge, wantedEdge, fc.boolean(), (displayWidth, displayHeight, width, upscale) => {
      const spec = { width, height: null, selfAdapting: true };
      const size = pictureSize({ displayWidth, displayHeight }, spec, upscale);
      assert.equal((size.width % 2) + (size.height % 2), 0);
      assert.ok(size.width >= 2 && size.height >= 2);
      assert.ok(Math.max(size.width, size.height) <= width);
      if (!upscale) assert.ok(size.width <= displayWidth && size.height <= displayHeight);
      assert.equal(Math.sign(size.width - size.height) * Math.sign(displayWidth - displayHeight) >= 0, true);
    }),
  );
});
