import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcedureStateChanged, TranscodeComplete } from '@openvod/contract/v2';
import fc from 'fast-check';
import { createAddresses } from '../../../common/addresses.ts';
import type { Rendition } from '../../../library/index.ts';
import type { MediaInfo } from '../../../media/index.ts';
import type { SubTask } from '../../../tasks/index.ts';
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

const rendition: fc.Arbitrary<Rendition> = fc.record({
  ...{ definition: count, key: word, container: word, bitrate: count, videoBitrate: count },
  ...{ width: count, height: count, size: count, totalSize: count, durationMs: count },
  ...{ md5: fc.string(), info: fc.option(info) },
});

const subTask = fc.record({
  index: count,
  type: fc.constant('Transcode'),
  input: fc.record({ definition: count }),
  status: fc.constantFrom('waiting', 'processing', 'succeeded', 'failed'),
  errorCode: fc.constantFrom(0, -43001, 30010),
  message: fc.string(),
  output: fc.option(rendition),
  progress: fc.double({ min: 0, max: 1, noNaN: true }),
}) as unknown as fc.Arbitrary<SubTask>;

const changed = (kind: 'procedure' | 'transcode'): fc.Arbitrary<FlowChanged> =>
  fc.record({
    flow: fc.record({
      ...{ id: word, kind: fc.constant(kind), videoId: word, message: fc.string() },
      status: fc.constantFrom('waiting', 'processing', 'finished'),
      errorCode: fc.constantFrom(0, -43001, 30010),
      subTasks: fc.array(subTask, { maxLength: 4 }),
    }),
    video: fc.option(
      fc.record({
        ...{ name: fc.string(), durationMs: count, coverKey: fc.option(word), type: word },
        ...{ size: count, md5: fc.string(), info: fc.option(info) },
      }),
    ),
    renditions: fc.array(rendition, { maxLength: 3 }),
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

test('of a video that is gone an event tells what is known of its flow', () => {
  const flow: FlowChanged['flow'] = {
    ...{ id: 'transcode-1', kind: 'transcode', videoId: '7', status: 'finished' },
    ...{ errorCode: 30010, message: 'cancelled', subTasks: [] },
  };
  const payload = { flow, video: null, renditions: [] };
  assert.deepEqual(processingEventViews['flow.changed'](payload, context).data, {
    ...{ status: 30010, errCode: 30010, message: 'cancelled', vodTaskId: 'transcode-1', fileId: '7' },
  });
});
