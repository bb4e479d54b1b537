import { Readable } from 'node:stream';
import { SmallFileUpload } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { receive } from '../body.ts';
import { badParameter, tellingOfSpace } from '../faults.ts';
import { isPictureType } from '../file-types.ts';
import type { Uploads } from '../types.ts';

export const smallFileUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(SmallFileUpload, (params, call) =>
    tellingOfSpace(call.log, async () => {
      const { fileSize, dataSize, fileType, extra } = params;
      if (dataSize !== fileSize) throw badParameter('dataSize', 'must be the same as fileSize');
      if (!isPictureType(fileType)) {
        throw badParameter('fileType', `${fileType} is not a type of picture that is taken`);
      }
      if (extra.fileId === undefined) {
        throw badParameter('extra.fileId', 'name the video whose cover this is');
      }
      const bytes = await receive(call.body ?? Readable.from([]), fileSize, params.dataMd5);
      const cover = { appId: call.appId, videoId: extra.fileId, sha1: params.fileSha, type: fileType, bytes };
      const { id, key } = await uploads.putCover(cover, call.now);
      return { fileId: id, url: addresses.of(key) };
    }),
  );
