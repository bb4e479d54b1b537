import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failure, stringifyAscii, success } from './envelope.ts';
import { ApiError } from './errors.ts';

test('success on the text API says so in codeDesc', () => {
  assert.deepEqual(success({ newClassId: '250' }, 'text'), {
    code: 0,
    message: '',
    codeDesc: 'Success',
    newClassId: '250',
  });
});

test('success of an upload call has canRetry and may carry its own code', () => {
  assert.deepEqual(success({}, 'upload'), { code: 0, message: '', codeDesc: '', canRetry: 0 });
  assert.equal(success({ code: 2, fileId: '1', url: '' }, 'upload').code, 2);
});

test('failure carries code, message and the symbolic name', () => {
  assert.deepEqual(failure(new ApiError(4000, 'fileId is required'), 'text'), {
    code: 4000,
    message: 'fileId is required',
    codeDesc: 'InvalidParameter',
  });
  assert.equal(failure(new ApiError(10008, ''), 'text').codeDesc, 'ResourceNotFound');
});

test('failure of an upload call says whether to try again', () => {
  const error = (canRetry: boolean) => failure(new ApiError(-10004, 'disk full', { canRetry }), 'upload');
  assert.deepEqual(error(true), { code: -10004, message: 'disk full', codeDesc: '', canRetry: 1 });
  assert.equal(error(false).canRetry, 0);
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
