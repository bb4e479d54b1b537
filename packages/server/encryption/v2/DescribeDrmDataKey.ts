import { DescribeDrmDataKey } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { orRefuse } from '../master-keys.ts';
import type { EncryptionActionDeps } from './deps.ts';

export const describeDrmDataKey = ({ keys }: EncryptionActionDeps) =>
  handler(DescribeDrmDataKey, async ({ edkList }, { appId }) => {
    const keyList = (await orRefuse(() => keys.open(appId, edkList))).map(({ edk, bytes }) => {
      const dk = bytes.toString('base64');
      bytes.fill(0);
      return { edk, dk };
    });
    return { data: { keyList }, edkList: keyList };
  });
