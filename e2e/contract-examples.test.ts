import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import {
  ACTIONS,
  type Action,
  CreateTranscodeTemplate,
  PUBLIC_ERRORS,
  UPLOAD_ERRORS,
} from '@openvod/contract/v2';
import { type RunningService, startService } from './harness.ts';
import type { Answer, Params } from './testing/caller.ts';
import { picture, uniqueClip } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';
import { announcement, partAt, sha1, upload } from './testing/upload.ts';

let service: RunningService;

before(async () => {
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
});
after(() => service[Symbol.asyncDispose]());

/** Signed by us anew: the examples carry other people's keys and times. */
const SIGNING = new Set([
  'Action',
  'Nonce',
  'Region',
  'SecretId',
  'Signature',
  'SignatureMethod',
  'Timestamp',
]);

function exampleParams({ example }: Action): Params {
  const pairs = [...new URLSearchParams(example.request)];
  return Object.fromEntries(pairs.filter(([name]) => !SIGNING.has(name)));
}

function ways({ protocol, methods = ['GET', 'POST'] }: Action): ('GET' | 'POST' | 'upload')[] {
  return protocol === 'upload' ? ['upload'] : [...methods];
}

function send(
  action: Action,
  way: 'GET' | 'POST' | 'upload',
  params: Params,
  body?: Uint8Array<ArrayBuffer>,
) {
  if (way === 'upload') return service.call.upload(action.name, params, body);
  return service.call(action.name, params, { method: way });
}

/** The envelope, and a code that the action's page names, or that of a wish that is not offered yet. */
function checkDocumented(action: Action, answer: Answer): void {
  const { code, message, codeDesc, canRetry } = answer;
  const isSuccess = (action.successCodes ?? [0]).includes(code);
  const documented = [...action.errors.map((error) => error.code), PUBLIC_ERRORS.VersionUnsupported];
  assert.ok(
    isSuccess || documented.includes(code),
    `${code} ${message} is not on the page of ${action.name}`,
  );
  assert.equal(isSuccess, message === '', 'a success says nothing, a failure says what');
  assert.equal(typeof codeDesc, 'string');
  assert.equal(canRetry !== undefined, action.protocol === 'upload');
}

describe('the example request of each action, as the page has it', () => {
  for (const action of ACTIONS) {
    for (const way of ways(action)) {
      test(`${action.name} by ${way}`, async () => {
        checkDocumented(action, await send(action, way, exampleParams(action)));
      });
    }
  }
});

interface Prepared {
  /** Take the place of the example's. */
  params?: Params;
  without?: string[];
  body?: Uint8Array<ArrayBuffer>;
}

async function aVideo(more: Params = {}): Promise<string> {
  return (await upload(service.call, await uniqueClip(), more)).fileId;
}

async function aClass(): Promise<string> {
  const { newClassId } = await service.call('CreateClass', { className: `class ${Math.random()}` });
  return newClassId;
}

async function aTemplate(): Promise<number> {
  const example = [...new URLSearchParams(CreateTranscodeTemplate.example.request)];
  const params = Object.fromEntries(example.filter(([name]) => name !== 'Action'));
  return (await service.call('CreateTranscodeTemplate', params)).definition;
}

async function aPicture(): Promise<string> {
  const { uploadUrl } = await service.call('ApplyUploadWatermark', { type: 'jpg' });
  const { status } = await fetch(uploadUrl, { method: 'PUT', body: await readFile(await picture()) });
  assert.equal(status, 200);
  return uploadUrl;
}

async function aWatermark(): Promise<number> {
  return (await service.call('CreateWatermarkTemplate', { url: await aPicture() })).definition;
}

async function aFinishedTask(): Promise<string> {
  const { vodTaskId } = await service.call('ConvertVodFile', { fileId: await aVideo() });
  await finished(service.call, vodTaskId);
  return vodTaskId;
}

async function aVideoWithHls(): Promise<string> {
  const fileId = await aVideo();
  const { vodTaskId } = await service.call('ProcessFile', { fileId, 'transcode.definition.0': 6 });
  await finished(service.call, vodTaskId);
  return fileId;
}

async function anEncryption(): Promise<number> {
  const { data } = await service.call('CreateSimpleAesTemplate', {
    get_key_url: 'https://keys.example.com/',
  });
  return data.definition;
}

async function aDataKey(): Promise<string> {
  const params = { 'transcode.definition.0': 6, 'transcode.drm.definition': await anEncryption() };
  const { vodTaskId } = await service.call('ProcessFile', { fileId: await aVideo(), ...params });
  return (await finished(service.call, vodTaskId)).data.drm.edkList[0];
}

const withVideo = async (): Promise<Prepared> => ({ params: { fileId: await aVideo() } });
const withClass = async (): Promise<Prepared> => ({ params: { classId: await aClass() } });
const asItIs = async (): Promise<Prepared> => ({});

const PROCEDURE = 'QCVB_SimpleProcessFile({10},0,10)';
const withDay = (...names: string[]) => {
  const day = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
  return async (): Promise<Prepared> => ({ params: Object.fromEntries(names.map((name) => [name, day])) });
};

/** What has to be there for an example to succeed; its ids become those of what was made. */
const PREPARATIONS: Record<string, () => Promise<Prepared>> = {
  DescribeVodPlayUrls: withVideo,
  GetVideoInfo: withVideo,
  DescribeVodInfo: async () => ({ params: { 'fileIds.1': await aVideo() } }),
  async DescribeVodPlayInfo() {
    await aVideo({ fileName: '13425173277_2015' });
    return {};
  },
  ModifyVodInfo: withVideo,
  CreateVodTags: withVideo,
  DeleteVodTags: withVideo,
  AddKeyFrameDesc: withVideo,
  DeleteKeyFrameDesc: withVideo,
  DescribeRecordPlayInfo: asItIs,
  DeleteVodFile: withVideo,
  CreateClass: async () => ({ params: { className: `test ${Math.random()}` } }),
  DescribeAllClass: asItIs,
  DescribeClass: asItIs,
  ModifyClass: async () => ({ params: { classId: await aClass(), className: `new ${Math.random()}` } }),
  DeleteClass: withClass,
  InitUpload: async () => ({ params: { classId: await aClass() } }),
  async UploadPart() {
    const bytes = await uniqueClip();
    await service.call.upload('InitUpload', announcement(bytes));
    return partAt(bytes, 0);
  },
  async FinishUpload() {
    const bytes = await uniqueClip();
    await upload(service.call, bytes);
    return { params: { fileSha: sha1(bytes) } };
  },
  async MultipartUploadVodFile() {
    const bytes = await uniqueClip(1024 * 1024);
    const { params, body } = partAt(bytes, 0);
    return { params: { ...params, fileSize: bytes.length }, body };
  },
  Report: asItIs,
  async SmallFileUpload() {
    const body = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(String(Math.random()))]);
    const { params } = partAt(body, 0);
    const size = { fileSize: body.length, dataSize: body.length };
    return { params: { ...params, ...size, offset: 0, 'extra.fileId': await aVideo() }, body };
  },
  // There is no watermark.
  ConvertVodFile: async () => ({ ...(await withVideo()), without: ['isWatermark'] }),
  ProcessFile: async () => ({ ...(await withVideo()), without: ['transcode.watermark'] }),
  CreateTranscodeTemplate: asItIs,
  QueryTranscodeTemplate: async () => ({ params: { definition: await aTemplate() } }),
  QueryTranscodeTemplateList: asItIs,
  UpdateTranscodeTemplate: async () => ({ params: { definition: await aTemplate() } }),
  DeleteTranscodeTemplate: async () => ({ params: { definition: await aTemplate() } }),
  async RunProcedure() {
    const pieces = [0, 1].flatMap((n) =>
      ['id', 'startTimeOffset', 'endTimeOffset'].map((name) => `fileList.${n}.${name}`),
    );
    const params = { inputType: 'SingleFile', 'file.id': await aVideo(), procedure: PROCEDURE };
    return { params, without: pieces };
  },
  ProcessFileByProcedure: async () => ({ params: { fileId: await aVideo(), procedure: PROCEDURE } }),
  async GetProcedureInfo() {
    const file = { inputType: 'SingleFile', 'file.id': await aVideo() };
    const { vodTaskId } = await service.call('RunProcedure', { ...file, procedure: PROCEDURE });
    return { params: { vodTaskId } };
  },
  ClipVideo: async () => ({ ...(await withVideo()), without: ['startTimeOffset', 'endTimeOffset'] }),
  SimpleClipHls: async () => ({
    params: { srcFileId: await aVideoWithHls(), startTimeOffset: '0', endTimeOffset: '1' },
  }),
  async SimpleConcatHls() {
    const fileId = await aVideoWithHls();
    return { params: { 'srcFileList.0.fileId': fileId, 'srcFileList.1.fileId': fileId } };
  },
  ConcatVideo: async () => ({
    params: { 'srcFileList.0.fileId': await aVideo(), 'srcFileList.1.fileId': await aVideo() },
  }),
  ApplyUploadWatermark: asItIs,
  CreateWatermarkTemplate: async () => ({ params: { url: await aPicture() } }),
  QueryWatermarkTemplate: async () => ({ params: { definition: await aWatermark() } }),
  async QueryWatermarkTemplateList() {
    await aWatermark();
    return {};
  },
  UpdateWatermarkTemplate: async () => ({ params: { definition: await aWatermark() } }),
  DeleteWatermarkTemplate: async () => ({ params: { definition: await aWatermark() } }),
  async GetWatermarkList() {
    await aWatermark();
    return {};
  },
  CreateSnapshotByTimeOffset: withVideo,
  CreateImageSprite: withVideo,
  async DescribeVodCover() {
    const fileId = await aVideo();
    const { vodTaskId } = await service.call('CreateSnapshotByTimeOffset', { fileId, 'timeOffset.0': 0 });
    await finished(service.call, vodTaskId);
    const { snapshotByTimeOffsetInfo } = await service.call('GetVideoInfo', { fileId });
    const [set] = snapshotByTimeOffsetInfo.snapshotByTimeOffsetList;
    return { params: { fileId, para: set.picInfoList[0].url } };
  },
  MultiPullVodFile: async () => ({ without: ['pullset.1.isScreenshot', 'pullset.1.isWatermark'] }),
  CreateSimpleAesTemplate: asItIs,
  async QuerySimpleAesTemplate() {
    await anEncryption();
    return {};
  },
  ModifySimpleAesTemplate: async () => ({ params: { definition: await anEncryption() } }),
  DescribeDrmDataKey: async () => ({ params: { 'edkList.0': await aDataKey() } }),
  GetTaskInfo: async () => ({ params: { vodTaskId: await aFinishedTask() } }),
  GetTaskList: asItIs,
  GetTaskListByFileId: withVideo,
  GetVodTaskStatus: asItIs,
  GetTaskCountInQueue: asItIs,
  TaskStatusStat: asItIs,
  RedoTask: async () => ({ params: { vodTaskId: await aFinishedTask() } }),
  async PullEvent() {
    await aVideo();
    return {};
  },
  async ConfirmEvent() {
    await Promise.all([aVideo(), aVideo()]);
    const { eventList } = await service.call('PullEvent');
    return { params: { 'msgHandle.1': eventList[0].msgHandle, 'msgHandle.2': eventList[1].msgHandle } };
  },
  DescribeCdnStat: withDay('startDate', 'endDate'),
  DescribeCdnDetailStat: withDay('startDate', 'endDate'),
  DescribeCdnRegionIspDetailStat: withDay('date'),
  GetVodFileStatInfo: withDay('from', 'to'),
  DescribePlayStatTopFiles: withDay('date'),
  GetPlayStatLogList: withDay('from', 'to'),
  GetCdnLogList: withDay('startDate', 'endDate'),
  DescribeTranscodeStat: withDay('startDate', 'endDate'),
  DescribeVodStorage: asItIs,
  DescribeStorage: asItIs,
  DescribeVodHosts: asItIs,
  GetVodFileCount: asItIs,
  GetUserStatus: asItIs,
  RegisterVod: asItIs,
};

describe('the example request of each action, where its things exist', () => {
  // Calls of devices are signed otherwise: e2e/client-uploads.test.ts has them.
  for (const action of ACTIONS.filter(({ permit }) => !permit)) {
    test(`${action.name} answers with nothing but the fields of its page`, async () => {
      const { params, without = [], body } = await PREPARATIONS[action.name]!();
      const wanted = Object.entries({ ...exampleParams(action), ...params });
      const kept = Object.fromEntries(wanted.filter(([name]) => !without.includes(name)));
      const answer = await send(action, ways(action).at(-1)!, kept, body);
      assert.equal(answer.code, 0, answer.message);
      const { message: _, codeDesc: __, canRetry: ___, ...result } = answer;
      const { code = 0, ...parsed } = action.result.parse(result) as Record<string, unknown>;
      assert.deepEqual({ code, ...parsed }, result);
    });
  }
});

test('an action that is not offered says so', async () => {
  const { code, message } = await service.call('SetWaitingTask', { vodTaskId: 1 });
  assert.equal(code, 6100, message);
  assert.match(message, /SetWaitingTask.*never released/);
});

test('an upload call with a wrong signature has its own code', async () => {
  const answer = await service.call.upload('FinishUpload', {
    fileSha: '0'.repeat(40),
    SecretId: 'AKIDnobody',
  });
  assert.equal(answer.code, UPLOAD_ERRORS.signature, answer.message);
});
