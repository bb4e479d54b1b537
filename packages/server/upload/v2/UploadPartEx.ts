import { Readable } from 'node:stream';
import { UploadPartEx } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { tellingOfStore } from '../core/refusals.ts';
import type { Uploads } from '../types.ts';

export const uploadPartEx = ({ uploads }: { uploads: Uploads }) =>
  handler(UploadPartEx, ({ fileSha, offset, dataSize, dataMd5 }, { appId, now, log, body }) =>
    tellingOfStore(log, async () => {
      const part = { appId, sha1: fileSha, offset, size: dataSize, md5: dataMd5 };
      await uploads.generation1.storePart({ ...part, body: body ?? Readable.from([]) }, now);
      return {};
    }),
  );
