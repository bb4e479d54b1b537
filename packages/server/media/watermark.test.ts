import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scalesWith, type Watermark, type WatermarkLength, watermarkBox } from './watermark.ts';

const px = (value: number): WatermarkLength => ({ value, unit: 'px' });
const percent = (value: number): WatermarkLength => ({ value, unit: 'percent' });

function mark(changes: Partial<Watermark> = {}): Watermark {
  return {
    picture: { path: '/logo.png', format: 'png', width: 100, height: 100 },
    ...{ origin: 'topLeft', x: px(0), y: px(0), width: percent(10), height: null },
    ...changes,
  };
}

const HD = { width: 1280, height: 720 };

test('a watermark lies where its template says, in px or percent of the edge in that direction', () => {
  const place = { x: px(100), y: percent(10), width: percent(5) };
  const wide = { path: '/wide.png', format: 'png', width: 300, height: 100 } as const;
  const cases: [changes: Partial<Watermark>, video: typeof HD, box: number[]][] = [
    // The example of the documents, with the top counted from the height.
    [place, HD, [100, 72, 64, 64]],
    [{ ...place, picture: wide, width: px(90) }, HD, [100, 72, 90, 30]],
    [{ ...place, height: px(20) }, HD, [100, 72, 64, 20]],
    [{ ...place, height: percent(50) }, HD, [100, 72, 64, 360]],
    [{ ...place, origin: 'topRight' }, HD, [1116, 72, 64, 64]],
    [{ ...place, origin: 'bottomLeft' }, HD, [100, 584, 64, 64]],
    [{ ...place, origin: 'bottomRight' }, HD, [1116, 584, 64, 64]],
    // Of a picture that stands upright.
    [place, { width: 720, height: 1280 }, [100, 128, 36, 36]],
  ];
  for (const [changes, video, [x, y, width, height]] of cases)
    assert.deepEqual(watermarkBox(mark(changes), video), { x, y, width, height }, JSON.stringify(changes));
});

test('what would not fit is made smaller in its own ratio, and moved inwards', () => {
  const small = { width: 64, height: 48 };
  const flat = { path: '/flat.png', format: 'png', width: 4, height: 8192 } as const;
  const cases: [changes: Partial<Watermark>, box: number[]][] = [
    [{ x: px(20), width: px(100) }, [16, 0, 48, 48]],
    [{ x: percent(99), y: percent(99) }, [58, 42, 6, 6]],
    [{ x: px(4000), y: px(4000), origin: 'bottomRight', width: px(10) }, [0, 0, 10, 10]],
    [{ width: percent(100), picture: flat }, [0, 0, 2, 48]],
    [{ width: percent(1), height: percent(1) }, [0, 0, 2, 2]],
  ];
  for (const [changes, [x, y, width, height]] of cases)
    assert.deepEqual(watermarkBox(mark(changes), small), { x, y, width, height }, JSON.stringify(changes));
});

const length = fc.oneof(
  fc.integer({ min: 0, max: 4096 }).map(px),
  fc.integer({ min: 0, max: 100 }).map(percent),
);
const size = fc.oneof(
  fc.integer({ min: 1, max: 4096 }).map(px),
  fc.integer({ min: 1, max: 100 }).map(percent),
);
const edge = fc.integer({ min: 1, max: 4096 }).map((half) => half * 2);

test('a watermark is always whole within its video', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...{ x: length, y: length, width: size, height: fc.option(size) },
        origin: fc.constantFrom('topLeft', 'topRight', 'bottomLeft', 'bottomRight'),
        picture: fc.record({
          ...{ path: fc.constant('/logo.png'), format: fc.constant('png') },
          ...{ width: fc.integer({ min: 1, max: 8192 }), height: fc.integer({ min: 1, max: 8192 }) },
        }),
      }),
      fc.record({ width: edge, height: edge }),
      (watermark, video) => {
        const box = watermarkBox(watermark as Watermark, video);
        for (const value of Object.values(box)) assert.ok(Number.isInteger(value));
        assert.ok(box.x >= 0 && box.y >= 0 && box.width >= 2 && box.height >= 2);
        assert.ok(box.x + box.width <= video.width && box.y + box.height <= video.height);
      },
    ),
  );
});

test('one overlay serves renditions of one shape when all of its place is in percent', () => {
  const half = { width: 640, height: 360 };
  const place = { x: percent(1), y: percent(2), width: percent(10) };
  assert.equal(scalesWith(mark(place), HD, half), true);
  assert.equal(scalesWith(mark({ ...place, height: percent(3) }), HD, half), true);
  assert.equal(scalesWith(mark({ ...place, y: px(2) }), HD, half), false);
  assert.equal(scalesWith(mark({ ...place, height: px(2) }), HD, half), false);
  assert.equal(scalesWith(mark(place), HD, { width: 640, height: 480 }), false);
});
