import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Action,
  CreateVodTags,
  DeleteVodFile,
  DeleteVodTags,
  DescribeVodPlayUrls,
  InitUpload,
  ModifyVodInfo,
  ProcessFile,
  parseParams,
  splitCommon,
} from './index.ts';

const refusals: [action: Action, query: string, message: string][] = [
  [DescribeVodPlayUrls, '', 'fileId is required'],
  [DescribeVodPlayUrls, 'fileId=', 'fileId is required'],
  [DescribeVodPlayUrls, 'fileId.0=1', 'fileId must be text'],
  [DeleteVodFile, 'fileId=1', 'priority is required'],
  [DeleteVodFile, 'fileId=1&priority=9', 'priority must be one of 0, 1, 2'],
  [DeleteVodFile, 'fileId=1&priority=0&isFlushCdn=x', 'isFlushCdn must be 0 or 1'],
  [ModifyVodInfo, 'fileId=1&expireTime=soon', 'expireTime must be a time such as 2017-10-01 00:00:00'],
  [CreateVodTags, 'fileId=1', 'tags is required'],
  [CreateVodTags, 'fileId=1&tags.1=', 'tags must not be empty'],
  [DeleteVodTags, `fileId=1&tags.1=&tags.5=${'x'.repeat(129)}`, 'tags.5 must have at most 128 characters'],
  [DeleteVodTags, `fileId=1&tags=${'x'.repeat(129)}`, 'tags must have at most 128 characters'],
  [ProcessFile, 'fileId=1&transcode.watermark=1', 'transcode.definition is required'],
  [ProcessFile, 'fileId=1&transcode=1', 'transcode must be given by its fields, as name.field=value'],
  [
    ProcessFile,
    'fileId=1&transcode_definition_3=10&transcode.definition.7=x',
    'transcode.definition.7 must be an integer',
  ],
  [ProcessFile, 'fileId=1&transcode.definition=10&transcode.drm.x=1', 'transcode.drm.definition is required'],
  [ProcessFile, 'fileId=1&notifyMode=Never', 'notifyMode must be one of Finish, Change, None'],
];

for (const [action, query, message] of refusals) {
  test(`${action.name}?${query} is refused: ${message}`, () => {
    const parsed = parse(action, query);
    assert.deepEqual(parsed, { ok: false, message, field: fieldIn(message) });
  });
}

/** The name that a message begins with, without positions. */
function fieldIn(message: string): string {
  return message.split(' ')[0]!.replace(/\.\d+$/, '');
}

test('parameters under another name go to their place, unless the right name is there', () => {
  const required = `fileName=a&fileSha=${'A'.repeat(40)}&fileSize=5&dataSize=524288&fileType=.MP4`;
  const value = {
    fileName: 'a',
    fileSha: 'a'.repeat(40),
    fileSize: 5,
    dataSize: 524_288,
    fileType: 'mp4',
    classId: 0,
    isTranscode: false,
    isScreenshot: false,
    isWatermark: false,
  };
  const parsed = (query: string) => parse(InitUpload, `${required}&${query}`);
  assert.deepEqual(parsed('tag.1=x'), { ok: true, value: { ...value, tags: ['x'] } });
  assert.deepEqual(parsed('tag.1=x&tags.1=y'), { ok: true, value: { ...value, tags: ['y'] } });
  const extra = { ok: true, value: { ...value, extra: { usage: 1, fileId: '7' } } };
  assert.deepEqual(parsed('usage=1&fileId=7'), extra);
  assert.deepEqual(parsed('extra.usage=1&extra.file_id=7'), extra);
  assert.deepEqual(parsed('extra_usage=1&file_id=7'), extra);
  assert.deepEqual(parsed('extra.usage=1&extra.fileId=7&fileId=8'), extra);
});

test('parsing leaves the tree as it was', () => {
  const tree = treeOf('tag.1=x&usage=1');
  const before = structuredClone(tree);
  parseParams(InitUpload, tree);
  assert.deepEqual(structuredClone(tree), before);
});

test('parameters of an action that it does not know are ignored', () => {
  assert.deepEqual(parse(DescribeVodPlayUrls, 'fileId=1&more=2&constructor=3'), {
    ok: true,
    value: { fileId: '1' },
  });
});

function parse(action: Action, query: string) {
  return parseParams(action, treeOf(query));
}

function treeOf(query: string) {
  const split = splitCommon([...new URLSearchParams(query)]);
  assert.ok(split.ok);
  return split.tree;
}
