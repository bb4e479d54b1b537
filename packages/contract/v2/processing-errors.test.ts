import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROCESSING_ERRORS, processingCode } from './processing-errors.ts';

test('the table has the 116 documented codes, each once', () => {
  assert.equal(PROCESSING_ERRORS.length, 116);
  assert.equal(new Set(PROCESSING_ERRORS.map(({ code }) => code)).size, 116);
});

test('a code is made of its stage and its reason', () => {
  const table = [
    [processingCode('probe', 'damaged'), -43001],
    [processingCode('probeJoin', 'noDts'), -43194],
    [processingCode('snapshot', 'decodeFailed'), -44029],
    [processingCode('transcode', 'codecUnknown'), -45089],
    [processingCode('check', 'seekOutside'), -49199],
  ] as const;
  for (const [code, expected] of table) {
    assert.equal(code, expected);
    assert.ok(PROCESSING_ERRORS.some((error) => error.code === expected));
  }
});
