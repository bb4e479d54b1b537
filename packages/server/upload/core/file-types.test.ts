import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMediaType, isPicture, isPictureType, PICTURE_HEAD_BYTES } from './file-types.ts';

test('types of videos and sounds, and types of pictures, are different lists', () => {
  for (const type of ['mp4', 'flv', 'mkv', 'mp3']) assert.ok(isMediaType(type) && !isPictureType(type), type);
  for (const type of ['jpg', 'png', 'webp']) assert.ok(isPictureType(type) && !isMediaType(type), type);
  for (const type of ['exe', 'html', 'svg', 'm3u8', '', 'constructor']) {
    assert.ok(!isMediaType(type) && !isPictureType(type), type);
  }
});

const heads: [string, string, boolean][] = [
  ['JPEG', '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01', true],
  ['PNG', '\x89PNG\r\n\x1a\n\x00\x00\x00\x0d', true],
  ['GIF', 'GIF89a\x01\x00\x01\x00\x80\x00', true],
  ['BMP', 'BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00', true],
  ['WebP', 'RIFF\x24\x00\x00\x00WEBP', true],
  ['WAV', 'RIFF\x24\x00\x00\x00WAVE', false],
  ['HTML', '<!doctype html>', false],
  ['SVG', '<svg xmlns="', false],
  ['two bytes of JPEG', '\xff\xd8', false],
  ['nothing', '', false],
];

for (const [name, latin1, expected] of heads) {
  test(`${name} is ${expected ? 'a' : 'no'} picture`, () => {
    assert.equal(isPicture(Buffer.from(latin1, 'latin1').subarray(0, PICTURE_HEAD_BYTES)), expected);
  });
}
