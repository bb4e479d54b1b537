import { ApplyUploadWatermark } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';

export const applyUploadWatermark = ({ pictures }: TemplatesActionDeps) =>
  handler(ApplyUploadWatermark, async ({ type }, { appId, now }) => ({
    uploadUrl: await pictures.invite(appId, type, now),
  }));
