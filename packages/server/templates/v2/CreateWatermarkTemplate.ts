import { CreateWatermarkTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { patched } from '../patch.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { newWatermark, watermarkPatch } from './watermark/body.ts';

export const createWatermarkTemplate = ({ templates, pictures }: TemplatesActionDeps) =>
  handler(CreateWatermarkTemplate, async (params, { appId, now }) => {
    const imageKey = await pictures.keyOf(appId, params.url);
    const body = patched(newWatermark(imageKey), watermarkPatch(params));
    const wish = { name: params.name, description: params.comment, body };
    const { id } = await templates.create(appId, 'watermark', wish, now);
    return { definition: id };
  });
