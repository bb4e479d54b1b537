import { QueryTranscodeTemplate } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { transcodeTemplateView } from './transcode/view.ts';

export const queryTranscodeTemplate = ({ database, templates, defaultDefinitions }: TemplatesActionDeps) =>
  handler(QueryTranscodeTemplate, async ({ definition }, { appId }) => {
    const template = await templates.get(database.db, appId, 'transcode', definition);
    if (!template)
      throw new Refused('template.notFound', `there is no template ${definition}`, { field: 'id' });
    const data = transcodeTemplateView(template, await defaultDefinitions(appId));
    return { ...data, data };
  });
