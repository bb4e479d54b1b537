import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codecsAttribute } from './codecs.ts';
import { audioStream, videoStream } from './testing/infos.ts';

test('codecs are named as in RFC 6381', () => {
  const main = videoStream({ profile: 'Main', level: 31 });
  assert.equal(codecsAttribute({ video: [main], audio: [audioStream()] }), 'avc1.4d401f,mp4a.40.2');
  assert.equal(
    codecsAttribute({ video: [], audio: [audioStream({ codec: 'mp3', profile: '' })] }),
    'mp4a.40.34',
  );
});

test('an attribute that would be incomplete is left out', () => {
  const unknown = videoStream({ profile: 'High 4:4:4 Predictive' });
  assert.equal(codecsAttribute({ video: [unknown], audio: [audioStream()] }), '');
});
