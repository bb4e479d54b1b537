import { RegisterVod } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';

/** Who can call is registered. */
export const registerVod = () =>
  handler(RegisterVod, async (_params, { appId }) => ({ data: { appId, isNew: 0 } }));
