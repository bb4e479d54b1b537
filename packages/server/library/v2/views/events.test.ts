import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileDeleted, NewFileUpload } from '@openvod/contract/v2';
import fc from 'fast-check';
import { createAddresses } from '../../../common/addresses.ts';
import type { LibraryEvents } from '../../events.ts';
import { libraryEventViews } from './events.ts';

const context = { addresses: createAddresses('https://media.example.com') };
const id = fc.bigInt(1n, 2n ** 63n - 1n).map(String);

test('whatever a new video is like, its event is as the contract has it', () => {
  const created: fc.Arbitrary<LibraryEvents['video.created']> = fc.record({
    videoId: id,
    name: fc.string({ unit: 'grapheme' }),
    sourceKey: fc.string({ minLength: 1 }),
    coverKey: fc.option(fc.string({ minLength: 1 })),
    sourceType: fc.constantFrom('ServerUpload', 'ClientUpload', 'Record', 'Pull'),
    sourceContext: fc.string(),
    transcodeId: fc.option(fc.string({ minLength: 1 })),
  });
  fc.assert(
    fc.property(created, (payload) => {
      const { eventType, data } = libraryEventViews['video.created'](payload, context);
      assert.equal(eventType, 'NewFileUpload');
      assert.deepEqual(NewFileUpload.data.parse(data), data);
      assert.deepEqual([data.status, data.message, data.fileId], [0, '', payload.videoId]);
      assert.equal('transcodeTaskId' in data, payload.transcodeId !== null);
      assert.equal(data.coverUrl === '', payload.coverKey === null);
    }),
  );
});

test('whatever videos are deleted, their event is as the contract has it', () => {
  fc.assert(
    fc.property(fc.array(id), (videoIds) => {
      const { eventType, data } = libraryEventViews['video.deleted']({ videoIds }, context);
      assert.equal(eventType, 'FileDeleted');
      assert.deepEqual(FileDeleted.data.parse(data), data);
      assert.deepEqual(
        FileDeleted.data.parse(data).fileInfo.map(({ fileId }) => fileId),
        videoIds,
      );
    }),
  );
});
