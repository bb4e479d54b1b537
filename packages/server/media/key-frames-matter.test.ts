import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFramesMatter } from './key-frames-matter.ts';
import type { PlanOptions } from './plan.ts';
import { presets } from './testing/clips.ts';
import { mediaInfo, videoStream } from './testing/infos.ts';

const fitting = { width: 640, height: 360, fps: 24, bitrate: 500_000, profile: 'Main' };

const cases: [string, Parameters<typeof videoStream>[0], number[], PlanOptions, boolean][] = [
  ['of a source that fits otherwise', fitting, [20], {}, true],
  ['of a source that does not fit anyway', { ...fitting, fps: 25 }, [20], {}, false],
  ['where only the container changes', fitting, [9, 6], {}, false],
  ['where nothing is copied', fitting, [20], { copyWhenFits: 'never' }, false],
  ['loosely, where nothing is cut', fitting, [20], { copyWhenFits: 'loose' }, false],
  ['loosely, where segments are cut', fitting, [220], { copyWhenFits: 'loose' }, true],
];
for (const [name, changes, ids, options, expected] of cases) {
  test(`key frames ${name} ${expected ? 'matter' : 'do not matter'}`, () => {
    const info = mediaInfo({ video: [videoStream(changes)] });
    assert.equal(keyFramesMatter(info, presets(...ids), options), expected);
  });
}
