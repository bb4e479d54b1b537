import { DeleteWatermarkTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';

export const deleteWatermarkTemplate = ({ templates }: TemplatesActionDeps) =>
  handler(DeleteWatermarkTemplate, async ({ definition }, { appId }) => {
    await templates.remove(appId, 'watermark', definition);
    return {};
  });
