import { Readable } from 'node:stream';
import { UploadPart } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { tellingOfStore } from '../core/refusals.ts';
import type { Uploads } from '../types.ts';

export const uploadPart = ({ uploads }: { uploads: Uploads }) =>
  handler(UploadPart, (params, call) =>
    tellingOfStore(call.log, async () => {
      const part = {
        appId: call.appId,
        sha1: params.fileSha,
        offset: params.offset,
        size: params.dataSize,
        md5: params.dataMd5,
        body: call.body ?? Readable.from([]),
      };
      await uploads.generation1.storePart(part, call.now);
      return {};
    }),
  );
