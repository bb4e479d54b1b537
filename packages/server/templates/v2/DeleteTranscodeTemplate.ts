import { DeleteTranscodeTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';

export const deleteTranscodeTemplate = ({ templates }: TemplatesActionDeps) =>
  handler(DeleteTranscodeTemplate, async ({ definition }, { appId }) => {
    await templates.remove(appId, 'transcode', definition);
    return { data: null };
  });
