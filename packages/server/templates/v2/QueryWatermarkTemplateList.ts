import { QueryWatermarkTemplateList } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { watermarkView } from './watermark/view.ts';

export const queryWatermarkTemplateList = ({ database, templates, pictures }: TemplatesActionDeps) =>
  handler(QueryWatermarkTemplateList, async ({ name }, { appId }) => {
    const listed = await templates.list(database.db, appId, 'watermark', { name });
    const definitionList = listed.map((template) => {
      const { definition, name, comment, createTime, updateTime } = watermarkView(template, pictures);
      return { definition, name, comment, createTime, updateTime };
    });
    return { definitionList };
  });
