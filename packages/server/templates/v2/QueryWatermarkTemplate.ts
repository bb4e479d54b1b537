import { QueryWatermarkTemplate } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { watermarkView } from './watermark/view.ts';

export const queryWatermarkTemplate = ({ database, templates, pictures }: TemplatesActionDeps) =>
  handler(QueryWatermarkTemplate, async ({ definition }, { appId }) => {
    const template = await templates.get(database.db, appId, 'watermark', definition);
    if (!template)
      throw new Refused('template.notFound', `there is no template ${definition}`, { field: 'id' });
    return watermarkView(template, pictures);
  });
