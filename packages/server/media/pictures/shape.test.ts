import assert from 'node:assert/strict';
import { test } from 'node:test';
import { videoStream } from '../testing/infos.ts';
import { type Fill, placingOf } from './shape.ts';
import { pictureFilters } from './writing.ts';

const wide = { displayWidth: 1920, displayHeight: 1080 };
const place = (width: number | null, height: number | null, fill: Fill) => {
  const { whole, inner, left, top } = placingOf(wide, { width, height, fill });
  return `${inner.width}x${inner.height}+${left}+${top} in ${whole.width}x${whole.height}`;
};

test('a picture of another aspect ratio is bent, or lies in the middle', () => {
  const cases: [width: number | null, height: number | null, fill: Fill, placing: string][] = [
    [null, null, 'black', '1920x1080+0+0 in 1920x1080'],
    [640, null, 'black', '640x360+0+0 in 640x360'],
    [500, 281, 'stretch', '500x281+0+0 in 500x281'],
    [142, 80, 'black', '142x80+0+0 in 142x80'],
    [200, 200, 'white', '200x113+0+43 in 200x200'],
    [400, 100, 'transparent', '178x100+111+0 in 400x100'],
  ];
  for (const [width, height, fill, placing] of cases) assert.equal(place(width, height, fill), placing);
});

test('only what is filled is padded, and only HDR is mapped', () => {
  const filters = (fill: Fill, format: 'jpg' | 'png', hdr = false) =>
    pictureFilters(videoStream({ hdr }), { format, width: 200, height: 200, fill }, true);
  assert.equal(filters('stretch', 'jpg'), 'scale=200:200,scale=out_range=pc,format=yuvj420p,setsar=1');
  assert.equal(
    filters('transparent', 'png'),
    'scale=200:113,format=rgba,pad=200:200:0:43:black@0,format=rgba,setsar=1',
  );
  assert.match(filters('white', 'jpg', true), /^scale=200:113,zscale=.*pad=200:200:0:43:white/);
});
