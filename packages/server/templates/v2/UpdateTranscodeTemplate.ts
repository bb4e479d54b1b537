import { UpdateTranscodeTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TranscodeBody } from '../kinds/transcode.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { patchOf } from './transcode/patch-of.ts';

export const updateTranscodeTemplate = ({ templates }: TemplatesActionDeps) =>
  handler(UpdateTranscodeTemplate, async (params, { appId, now }) => {
    const { definition, name, comment } = params;
    const change = {
      name,
      description: comment,
      bodyFrom: (before: TranscodeBody) => patchOf(before, params),
    };
    await templates.change(appId, 'transcode', definition, change, now);
    return { data: null };
  });
