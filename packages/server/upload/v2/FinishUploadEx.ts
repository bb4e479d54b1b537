import { FinishUploadEx, verifyContent } from '@openvod/contract/v2';
import type { Addresses } from '../../common/addresses.ts';
import { handler } from '../../common/v2/handler.ts';
import { tellingOfStore } from '../core/refusals.ts';
import type { Uploads } from '../types.ts';

/** How long an application's server may take to look at what a device reports, s. */
const PROOF_SECONDS = 24 * 3600;

interface Deps {
  uploads: Uploads;
  addresses: Addresses;
  verifyKey(appId: string): Promise<string | undefined>;
}

export const finishUploadEx = ({ uploads, addresses, verifyKey }: Deps) =>
  handler(FinishUploadEx, ({ fileSha }, { appId, now, signal, log }) =>
    tellingOfStore(log, async () => {
      const { id, key } = await uploads.generation1.finish({ appId, sha1: fileSha }, now, signal);
      const proofKey = await verifyKey(appId);
      const expires = Math.floor(now / 1000) + PROOF_SECONDS;
      return {
        fileId: id,
        url: addresses.of(key),
        ...(proofKey !== undefined && { verify_content: verifyContent(proofKey, id, expires) }),
      };
    }),
  );
