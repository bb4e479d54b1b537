import { QueryTranscodeTemplateList } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { TemplatesActionDeps } from './deps.ts';
import { transcodeTemplateView } from './transcode/view.ts';

export const queryTranscodeTemplateList = ({
  database,
  templates,
  defaultDefinitions,
}: TemplatesActionDeps) =>
  handler(QueryTranscodeTemplateList, async ({ name }, { appId }) => {
    const [listed, defaults] = await Promise.all([
      templates.list(database.db, appId, 'transcode', { name }),
      defaultDefinitions(appId),
    ]);
    const data = listed.map((template) => {
      const view = transcodeTemplateView(template, defaults);
      return { ...view, create_time: view.createTime, update_time: view.updateTime };
    });
    return { data, definitionList: data };
  });
