import { InitUpload, type ParamsOf } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { isPictureType } from '../core/file-types.ts';
import { badParameter, tellingOfStore } from '../core/refusals.ts';
import type { Announcement } from '../generation-1/announce.ts';
import type { Uploads } from '../types.ts';
import { checkMediaType } from './check-media-type.ts';
import { begunView } from './views/begun.ts';

export const initUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(InitUpload, (params, call) =>
    tellingOfStore(call.log, async () => {
      const begun = await uploads.generation1.begin(announcement(params, call.appId), call.now);
      return begunView(begun, addresses);
    }),
  );

function announcement(params: ParamsOf<typeof InitUpload>, appId: string): Announcement {
  const coverOf = params.extra?.usage === 1 ? coveredVideo(params.extra.fileId) : null;
  checkType(params.fileType, coverOf !== null);
  return {
    appId,
    sha1: params.fileSha,
    size: params.fileSize,
    partSize: params.dataSize,
    name: params.fileName,
    type: params.fileType,
    classId: params.classId,
    tags: params.tags ?? [],
    transcode: params.isTranscode,
    snapshots: params.isScreenshot,
    watermark: params.isWatermark,
    procedure: params.procedure ?? null,
    coverOf,
    sourceType: 'ServerUpload',
  };
}

function coveredVideo(fileId: string | undefined): string {
  if (fileId === undefined) throw badParameter('extra.fileId', 'name the video whose cover this is');
  return fileId;
}

function checkType(type: string, cover: boolean): void {
  if (!cover) checkMediaType(type);
  else if (!isPictureType(type)) {
    throw badParameter('fileType', `${type} is not a type of picture that is taken`);
  }
}
