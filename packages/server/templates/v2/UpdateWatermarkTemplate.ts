import { UpdateWatermarkTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { watermarkPatch } from './watermark/body.ts';

export const updateWatermarkTemplate = ({ templates, pictures }: TemplatesActionDeps) =>
  handler(UpdateWatermarkTemplate, async (params, { appId, now }) => {
    const { definition, name, comment, url } = params;
    const imageKey = url === undefined ? undefined : await pictures.keyOf(appId, url);
    const change = { name, description: comment, body: watermarkPatch(params, imageKey) };
    await templates.change(appId, 'watermark', definition, change, now);
    return {};
  });
