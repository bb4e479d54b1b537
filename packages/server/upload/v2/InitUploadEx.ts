import { InitUploadEx, type ParamsOf } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { badParameter, tellingOfStore } from '../core/refusals.ts';
import type { Announcement } from '../generation-1/announce.ts';
import type { Uploads } from '../types.ts';
import { checkMediaType } from './check-media-type.ts';
import { begunView } from './views/begun.ts';

export const initUploadEx = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(InitUploadEx, (params, call) =>
    tellingOfStore(call.log, async () => {
      const begun = await uploads.generation1.begin(announcement(params, call.appId), call.now);
      return begunView(begun, addresses);
    }),
  );

function announcement(params: ParamsOf<typeof InitUploadEx>, appId: string): Announcement {
  // Some signatures have no type, and a name with an extension.
  const type = params.fileType ?? /\.([A-Za-z0-9]{1,16})$/.exec(params.fileName)?.[1]?.toLowerCase();
  if (type === undefined) throw badParameter('fileType', 'is required: ft of the signature');
  checkMediaType(type);
  return {
    ...{ appId, type, sha1: params.fileSha, size: params.fileSize, partSize: params.dataSize },
    ...{ name: params.fileName, classId: params.classId, tags: params.tags ?? [] },
    ...{ snapshots: params.isScreenshot, watermark: params.isWatermark, procedure: null },
    ...{ transcode: params.isTranscode, coverOf: null, sourceType: 'ClientUpload' },
  };
}
