import { DeleteVodTags } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { withoutTags } from '../tags.ts';
import type { LibraryActionDeps } from './deps.ts';

/** Takes any text for a tag, because uploads may have set tags that CreateVodTags would refuse. */
export const deleteVodTags = ({ library, database }: LibraryActionDeps) =>
  handler(DeleteVodTags, async ({ fileId, tags }, { appId, now }) => {
    await database.transaction((trx) =>
      library.changeTags(trx, appId, fileId, (present) => withoutTags(present, tags), now),
    );
    return {};
  });
