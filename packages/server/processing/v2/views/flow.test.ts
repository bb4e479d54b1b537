import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import fc from 'fast-check';
import { createAddresses } from '../../../common/addresses.ts';
import type { MediaInfo } from '../../../media/index.ts';
import type { Job } from '../../../tasks/index.ts';
import type { FlowChanged } from '../../events.ts';
import { processingEventViews } from './flow.ts';

const context = { addresses: createAddresses('https://media.example.com') };

const count = fc.nat();
const figure = fc.double({ min: 0, max: 1e9, noNaN: true });
const word = fc.string({ minLength: 1 });
const rotation = fc.constantFrom(0, 90, 180, 270);

/** What the views read of a stream; the rest of it is nobody's business here. */
const streams = {
  video: fc.array(fc.record({ codec: word, width: count, height: count, bitrate: figure, fps: figure })),
  audio: fc.array(fc.record({ codec: word, bitrate: figure, sampleRate: count })),
};
const info = fc.record({
  ...{ container: word, size: count, durationMs: figure, bitrate: figure, rotation },
  ...{ browserPlayable: fc.boolean(), ...streams },
}) as unknown as fc.Arbitrary<MediaInfo>;

const failure = fc.option(
  fc.record({
    kind: fc.constantFrom('system', 'cancelled', 'probe/damaged', 'source/no-video', 'check-output/damaged'),
    message: fc.string(),
  }),
);

const transcode = fc.record({
  ...{ definition: count, name: word, totalSize: count, md5: fc.string(), info: fc.option(info) },
  kind: fc.constant('transcode'),
});
const cover = fc.record({ name: word });

/** Jobs as flows keep them: only one that succeeded has an output. */
const job = fc
  .tuple(
    fc.constantFrom(
      { type: 'transcode', input: { definition: 20 }, output: transcode },
      {
        type: 'cover',
        input: { definition: 10, width: null, height: null, position: { ms: 1500 } },
        output: cover,
      },
    ),
    fc.constantFrom('waiting', 'processing', 'succeeded', 'failed'),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .chain(([{ type, input, output }, status, progress]) =>
    fc.record({
      ...{ index: count, type: fc.constant(type), input: fc.constant(input), status: fc.constant(status) },
      ...{ progress: fc.constant(progress), startedAt: fc.option(count), endedAt: fc.option(count) },
      failure: status === 'failed' ? failure : fc.constant(null),
      output: status === 'succeeded' ? (output as fc.Arbitrary<object>) : fc.constant(null),
    }),
  ) as unknown as fc.Arbitrary<Job>;

const changed = (kind: 'procedure' | 'transcode'): fc.Arbitrary<FlowChanged> =>
  fc.record({
    flow: fc.record({
      ...{ id: word, appId: word, kind: fc.constant(kind), videoId: word, sources: fc.constant([]), failure },
      status: fc.constantFrom('waiting', 'processing', 'finished'),
      jobs: fc.array(job, { maxLength: 4 }),
    }),
    video: fc.option(
      fc.record({
        ...{ name: fc.string(), durationMs: count, coverKey: fc.option(word), type: word },
        ...{ size: count, md5: fc.string(), info: fc.option(info) },
      }),
    ),
    playable: fc.array(
      fc.record({
        kind: fc.constantFrom('source', 'transcode', 'masterPlaylist'),
        ...{ definition: count, name: word, videoBitrate: count, width: count, height: count },
      }),
      { maxLength: 3 },
    ),
  });

for (const [kind, event] of [
  ['transcode', TranscodeComplete],
  ['procedure', ProcedureStateChanged],
] as const) {
  test(`whatever became of a ${kind}, its event is as the contract of ${event.name} has it`, () => {
    fc.assert(
      fc.property(changed(kind), (payload) => {
        const shown = processingEventViews['flow.changed'](JSON.parse(JSON.stringify(payload)), context);
        assert.equal(shown.eventType, event.name);
        const data = event.data.parse(shown.data);
        assert.deepEqual([data.vodTaskId, data.fileId], [payload.flow.id, payload.flow.videoId]);
      }),
    );
  });
}

test('of a video of which nothing is known an event tells of its flow', () => {
  const flow: FlowChanged['flow'] = {
    ...{ id: 'transcode-1', appId: '1', kind: 'transcode', videoId: '7', status: 'finished', jobs: [] },
    ...{ sources: [], failure: { kind: 'cancelled', message: 'cancelled' } },
  };
  const payload = { flow, video: null, playable: [] };
  assert.deepEqual(processingEventViews['flow.changed'](payload, context).data, {
    ...{ status: -30010, message: 'cancelled', vodTaskId: 'transcode-1', fileId: '7' },
  });
});
