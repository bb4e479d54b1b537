import { CreateVodTags } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { withTags } from '../tags.ts';
import type { LibraryActionDeps } from './deps.ts';

export const createVodTags = ({ library, database }: LibraryActionDeps) =>
  handler(CreateVodTags, async ({ fileId, tags }, { appId, now }) => {
    await database.transaction((trx) =>
      library.changeTags(trx, appId, fileId, (present) => withTags(present, tags), now),
    );
    return {};
  });
