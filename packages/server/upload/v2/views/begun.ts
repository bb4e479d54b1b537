import type { InitUpload, ResultOf } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import type { Begun } from '../../generation-1/begin.ts';

/** What the client is to send, by the codes of InitUpload. */
export function begunView(begun: Begun, addresses: Addresses): ResultOf<typeof InitUpload> {
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
}
