import { CreateTranscodeTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { patched } from '../patch.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { BLANK_BODY, patchOf } from './transcode/patch-of.ts';

export const createTranscodeTemplate = ({ templates }: TemplatesActionDeps) =>
  handler(CreateTranscodeTemplate, async (params, { appId, now }) => {
    const body = patched(BLANK_BODY, patchOf(BLANK_BODY, params));
    const wish = { name: params.name, description: params.comment, body };
    const { id } = await templates.create(appId, 'transcode', wish, now);
    return { definition: id, data: { definition: id } };
  });
