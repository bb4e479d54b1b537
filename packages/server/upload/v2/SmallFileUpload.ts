import { Readable } from 'node:stream';
import { SmallFileUpload } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { isPictureType } from '../core/file-types.ts';
import { badParameter, tellingOfStore } from '../core/refusals.ts';
import type { Uploads } from '../types.ts';

export const smallFileUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(SmallFileUpload, (params, call) =>
    tellingOfStore(call.log, async () => {
      const { fileSize, dataSize, fileType, extra } = params;
      if (dataSize !== fileSize) throw badParameter('dataSize', 'must be the same as fileSize');
      if (!isPictureType(fileType)) {
        throw badParameter('fileType', `${fileType} is not a type of picture that is taken`);
      }
      const picture = {
        appId: call.appId,
        videoId: extra.fileId ?? null,
        sha1: params.fileSha,
        type: fileType,
        size: fileSize,
        md5: params.dataMd5 ?? null,
        body: call.body ?? Readable.from([]),
      };
      const { id, key } = await uploads.putPicture(picture, call.now);
      return { fileId: id, url: addresses.of(key) };
    }),
  );
