import { FinishUpload } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { tellingOfStore } from '../core/refusals.ts';
import type { Uploads } from '../types.ts';

export const finishUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(FinishUpload, ({ fileSha }, call) =>
    tellingOfStore(call.log, async () => {
      const file = { appId: call.appId, sha1: fileSha };
      const { id, key } = await uploads.generation1.finish(file, call.now, call.signal);
      return { fileId: id, url: addresses.of(key) };
    }),
  );
