import { FinishUpload } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import type { Addresses } from '../../common/addresses.ts';
import { withUploadCodes } from '../faults.ts';
import type { Uploads } from '../types.ts';

export const finishUpload = ({ uploads, addresses }: { uploads: Uploads; addresses: Addresses }) =>
  handler(FinishUpload, ({ fileSha }, call) =>
    withUploadCodes(call.log, async () => {
      const { id, key } = await uploads.finish(call.appId, fileSha, call.now);
      return { fileId: id, url: addresses.of(key) };
    }),
  );
