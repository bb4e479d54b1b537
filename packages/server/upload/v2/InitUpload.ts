import { InitUpload, type ParamsOf } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { isMediaType, isPictureType } from '../core/file-types.ts';
import { badParameter, tellingOfStore } from '../core/refusals.ts';
import type { Announcement } from '../generation-1/announce.ts';
import type { Uploads } from '../types.ts';

export const initUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(InitUpload, (params, call) =>
    tellingOfStore(call.log, async () => {
      const begun = await uploads.generation1.begin(announcement(params, call.appId), call.now);
      switch (begun.kind) {
        case 'fresh':
          return { code: 0 };
        case 'resumed':
          return {
            code: 1,
            dataSize: begun.partSize,
            listParts: begun.parts.map(({ offset, size, md5 }) => {
              return { offset, dataSize: size, dataLen: size, dataMd5: md5 };
            }),
          };
        case 'known':
          return { code: 2, fileId: begun.file.id, url: addresses.of(begun.file.key) };
      }
    }),
  );

function announcement(params: ParamsOf<typeof InitUpload>, appId: string): Announcement {
  if (params.isWatermark) throw badParameter('isWatermark', 'watermarks are not offered yet');
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
    coverOf,
  };
}

function coveredVideo(fileId: string | undefined): string {
  if (fileId === undefined) throw badParameter('extra.fileId', 'name the video whose cover this is');
  return fileId;
}

function checkType(type: string, cover: boolean): void {
  if (cover ? isPictureType(type) : isMediaType(type)) return;
  throw badParameter(
    'fileType',
    `${type} is not a type of ${cover ? 'picture' : 'video or sound'} that is taken`,
  );
}
