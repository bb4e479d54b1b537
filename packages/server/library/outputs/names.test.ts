import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outputName, outputOfName } from './names.ts';
import type { OutputKind } from './types.ts';

const named: [name: string, kind: OutputKind, definition: number, number: number][] = [
  ['f0.mp4', 'source', 0, 0],
  ['f0.f20.mp4', 'transcode', 20, 0],
  ['f0.f220.m3u8', 'transcode', 220, 0],
  ['f0.f220.ts', 'transcode', 220, 0],
  ['f0.f1000001.flv', 'transcode', 1_000_001, 0],
  ['master_playlist.m3u8', 'masterPlaylist', 0, 0],
  ['coverBySnapshot/coverBySnapshot_10_0.jpg', 'cover', 10, 0],
  ['snapshotByTimeOffset/snapshotByTimeOffset_10_17.png', 'snapshots', 10, 0],
  ['sampleSnapshot/sampleSnapshot_10_3.jpg', 'sampledSnapshots', 10, 0],
  ['imageSprite/imageSprite_10_1.jpg', 'sprite', 10, 0],
  ['imageSprite/imageSprite_10.vtt', 'sprite', 10, 0],
  ['animatedGraphics/animatedGraphics_20000_0.gif', 'animated', 20_000, 0],
];

for (const [name, kind, definition, number] of named) {
  test(`${name} is ${kind} ${definition}`, () => {
    assert.deepEqual(outputOfName(name), { kind, definition, number });
  });
}

for (const name of ['', 'f0', 'x.mp4', 'f0.f20.mp4.bak', '7.jpg', 'a/f0.mp4', 'f0.f-1.mp4']) {
  test(`"${name}" is no output`, () => assert.equal(outputOfName(name), null));
}

test('outputs of different kinds never share a name', () => {
  const id = fc.record({
    kind: fc.constantFrom<OutputKind>(
      ...(['source', 'transcode', 'masterPlaylist', 'cover', 'snapshots', 'sampledSnapshots'] as const),
      ...(['sprite', 'animated'] as const),
    ),
    definition: fc.nat(2_000_000),
    number: fc.nat(1000),
  });
  fc.assert(
    fc.property(id, fc.constantFrom('mp4', 'm3u8', 'jpg', 'vtt'), (one, extension) => {
      const found = outputOfName(outputName(one, extension));
      assert.equal(found?.kind, one.kind);
      if (one.kind !== 'source' && one.kind !== 'masterPlaylist')
        assert.equal(found?.definition, one.definition);
    }),
  );
});
