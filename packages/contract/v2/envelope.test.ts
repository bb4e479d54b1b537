import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failure, stringifyAscii, success, ugcFailure, uploadFailure, uploadSuccess } from './envelope.ts';

test('success on the text API says so in codeDesc', () => {
  const envelope = { code: 0, message: '', codeDesc: 'Success', newClassId: '250' };
  assert.deepEqual(success({ newClassId: '250' }), envelope);
});

test('success of an upload call has canRetry and may carry its own code', () => {
  assert.deepEqual(uploadSuccess({}), { code: 0, message: '', codeDesc: '', canRetry: 0 });
  assert.equal(uploadSuccess({ code: 2, fileId: '1', url: '' }).code, 2);
});

test('failure carries code, message and the symbolic name, for upload calls also whether to try again', () => {
  const refusal = { code: 4000, message: 'fileId is required', codeDesc: 'InvalidParameter' };
  assert.deepEqual(failure({ ...refusal, more: 1 } as typeof refusal), refusal);
  assert.deepEqual(uploadFailure(refusal, true), { ...refusal, canRetry: 1 });
  assert.deepEqual(uploadFailure(refusal, false), { ...refusal, canRetry: 0 });
  assert.deepEqual(ugcFailure(refusal), { ...refusal, data: {} });
});

test('answers are pure ASCII and say the same', () => {
  assert.equal(stringifyAscii({ name: '其他 é 😀' }), '{"name":"\\u5176\\u4ed6 \\u00e9 \\ud83d\\ude00"}');
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
      const json = stringifyAscii(value);
      assert.ok([...json].every((character) => character <= '\u007f'));
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
    }),
  );
});
