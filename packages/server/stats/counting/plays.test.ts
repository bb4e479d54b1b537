import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMobile, isPlayable, isPlayOf } from './plays.ts';

const whole = { method: 'GET', status: 200, range: '' };
const part = (range: string) => ({ method: 'GET', status: 206, range });

const CASES: [string, Parameters<typeof isPlayOf>[1], boolean][] = [
  ['f0.f220.m3u8', whole, true],
  ['f0.f220.m3u8', { ...whole, status: 304 }, true],
  ['f0.f220.m3u8', { ...whole, status: 404 }, false],
  ['f0.f220.m3u8', { ...whole, method: 'HEAD' }, false],
  ['1234-1/f0.f220.ts', whole, false],
  ['seg-1.m4s', whole, false],
  ['f0.mp4', whole, true],
  ['f0.MP4', part('bytes=0-'), true],
  ['f0.mp4', part('bytes=0-1'), true],
  ['f0.mp4', part('bytes=00-1'), true],
  ['f0.mp4', part('bytes=1-'), false],
  ['f0.mp4', part('bytes=-500'), false],
  ['f0.mp4', part('bytes=%200-9'), true],
  ['f0.mp4', part('pages=1-2'), true],
  ['f0.mp3', whole, true],
  ['f0.cover0.jpg', whole, false],
  ['f0.sprite.vtt', whole, false],
  ['mp4', whole, true],
];

test('a play is a playlist, or another file from its beginning', () => {
  for (const [name, asked, expected] of CASES) {
    assert.equal(isPlayOf(isPlayable(name), asked), expected, `${name} ${JSON.stringify(asked)}`);
  }
});

test('phones and tablets are told from all others', () => {
  const iphone = 'Mozilla/5.0%20(iPhone;%20CPU%20iPhone%20OS%2016_0)';
  for (const one of [iphone, 'Mozilla/5.0 (Linux; Android 13)', 'Windows%20Phone'])
    assert.ok(isMobile(one), one);
  for (const one of ['', 'VLC/3.0', 'Mozilla/5.0 (X11; Linux x86_64)']) assert.ok(!isMobile(one), one);
});
