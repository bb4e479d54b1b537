import { ACTION_ERRORS, ApiError, CreateVodTags } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { isTag, MAX_TAGS, withTags } from '../tags.ts';
import type { LibraryActionDeps } from './deps.ts';
import { changing } from './errors.ts';

export const createVodTags = ({ library, database }: LibraryActionDeps) =>
  handler(CreateVodTags, async ({ fileId, tags }, { appId, now }) => {
    const bad = tags.find((tag) => !isTag(tag));
    if (bad !== undefined) {
      throw new ApiError(
        ACTION_ERRORS.invalidParameter,
        'parameter tags: a tag is 1 to 8 letters, digits or Chinese characters',
      );
    }
    await changing(fileId, () =>
      database.transaction((trx) =>
        library.changeTags(trx, appId, fileId, (present) => limited(withTags(present, tags)), now),
      ),
    );
    return {};
  });

function limited(tags: string[]): string[] {
  if (tags.length <= MAX_TAGS) return tags;
  throw new ApiError(ACTION_ERRORS.invalidParameter, `parameter tags: a video has at most ${MAX_TAGS} tags`);
}
