import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParameterTree } from '../../notation.ts';
import { parseParams } from '../../parse.ts';
import { ClipVideo } from './ClipVideo.ts';
import { ConcatVideo } from './ConcatVideo.ts';

const clip = { fileId: '1', newFileName: 'cut' };
const concat = { srcFileList: { 0: { fileId: '1' } }, name: 'all', dstType: { 0: 'mp4' } };
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [i, '1']));

test('older names, bare lists and capital letters are understood', () => {
  const spellings: ParameterTree[] = [
    { fileId: '1', newFileName: 'cut', startTimeOffset: '2', endTimeOffset: '-5' },
    { srcFileId: '1', newFileName: 'cut', StartTimeOffset: '2', EndTimeOffset: '-5' },
  ];
  for (const tree of spellings) {
    const parsed = parseParams(ClipVideo, tree);
    const value = { fileId: '1', newFileName: 'cut', startTimeOffset: 2, endTimeOffset: -5 };
    assert.deepEqual(parsed, { ok: true, value });
  }
  const lists: ParameterTree[] = [
    { srcFileList: { 3: { fileId: '7' }, 9: { fileId: '8' } }, name: 'all', dstType: { 1: 'M3U8' } },
    { srcFileList: { 1: '7', 2: '8' }, name: 'all', dstType: 'm3u8' },
  ];
  for (const tree of lists) {
    const parsed = parseParams(ConcatVideo, tree);
    const srcFileList = [{ fileId: '7' }, { fileId: '8' }];
    assert.deepEqual(parsed, { ok: true, value: { srcFileList, name: 'all', dstType: ['m3u8'] } });
  }
});

test('what is absent means the beginning and the end', () => {
  const parsed = parseParams(ClipVideo, clip);
  assert.ok(parsed.ok);
  assert.deepEqual([parsed.value.startTimeOffset, parsed.value.endTimeOffset], [0, undefined]);
});

test('each parameter has its limits, and what is beyond is said by its name', () => {
  const cases: [typeof ClipVideo | typeof ConcatVideo, ParameterTree, RegExp | null][] = [
    [ClipVideo, { ...clip, newFileName: 'n'.repeat(255) }, null],
    [ClipVideo, { ...clip, newFileName: 'n'.repeat(256) }, /^newFileName must have at most 255/],
    [ClipVideo, { fileId: '1' }, /^newFileName is required/],
    [ClipVideo, { newFileName: 'cut' }, /^fileId is required/],
    [ClipVideo, { ...clip, startTimeOffset: '1.5' }, /^startTimeOffset must be an integer/],
    [ClipVideo, { ...clip, endTimeOffset: 'end' }, /^endTimeOffset must be an integer/],
    [ConcatVideo, { ...concat, srcFileList: many(500) }, null],
    [ConcatVideo, { ...concat, srcFileList: many(501) }, /^srcFileList must have at most 500/],
    [ConcatVideo, { ...concat, srcFileList: {} }, /^srcFileList must not be empty/],
    [ConcatVideo, { ...concat, srcFileList: { 0: { id: '1' } } }, /^srcFileList.0.fileId is required/],
    [ConcatVideo, { ...concat, dstType: 'flv' }, /^dstType must be one of mp4, m3u8/],
    [ConcatVideo, { srcFileList: concat.srcFileList, name: 'all' }, /^dstType is required/],
    [ConcatVideo, { ...concat, name: 'n'.repeat(256) }, /^name must have at most 255/],
  ];
  for (const [action, tree, message] of cases) {
    const parsed = parseParams(action, tree);
    if (message === null) assert.ok(parsed.ok, JSON.stringify(parsed));
    else assert.match(parsed.ok ? 'accepted' : parsed.message, message);
  }
});
