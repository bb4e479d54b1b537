import { GetWatermarkList } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { oldWatermarkView } from './watermark/view.ts';

export const getWatermarkList = ({ database, templates, pictures }: TemplatesActionDeps) =>
  handler(GetWatermarkList, async (_params, { appId }) => {
    const listed = await templates.list(database.db, appId, 'watermark');
    return { definitionList: listed.map((template) => oldWatermarkView(template, pictures)) };
  });
