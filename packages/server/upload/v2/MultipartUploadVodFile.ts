import { Readable } from 'node:stream';
import { MultipartUploadVodFile, type ParamsOf } from '@openvod/contract/v2';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { handler } from '../../common/v2/handler.ts';
import { badParameter, tellingOfStore } from '../core/refusals.ts';
import type { Announcement } from '../generation-1/announce.ts';
import type { Uploads } from '../types.ts';
import { checkMediaType } from './check-media-type.ts';

interface Deps {
  uploads: Uploads;
  outbound: Pick<Outbound, 'problemOf'>;
}

export const multipartUploadVodFile = ({ uploads, outbound }: Deps) =>
  handler(MultipartUploadVodFile, (params, { appId, now, log, signal, body = Readable.from([]) }) =>
    tellingOfStore(log, async () => {
      const problem = params.notifyUrl === undefined ? null : outbound.problemOf(params.notifyUrl);
      if (problem) throw badParameter('notifyUrl', `it ${problem}`);
      const { offset, dataSize: size } = params;
      const part = { offset, size, md5: null, body };
      const sent = await uploads.sequential.put(announcement(params, appId), part, now, signal);
      return sent.kind === 'more'
        ? { flag: 0 as const, offset: String(sent.offset) }
        : { flag: 1 as const, fileId: sent.file.id };
    }),
  );

function announcement(params: ParamsOf<typeof MultipartUploadVodFile>, appId: string): Announcement {
  checkMediaType(params.fileType);
  return {
    ...{ appId, sha1: params.fileSha, size: params.fileSize, partSize: params.dataSize },
    ...{ name: params.fileName, type: params.fileType, classId: params.classId, tags: params.tags ?? [] },
    ...{ transcode: params.isTranscode, snapshots: params.isScreenshot, watermark: params.isWatermark },
    ...{ procedure: null, coverOf: null, sourceType: 'ServerUpload', notifyUrl: params.notifyUrl },
  };
}
