import { DescribeVodCover } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { videoPrefix } from '../../common/object-keys.ts';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

/** Whatever the action is called, it sets. */
export const describeVodCover = ({ library }: LibraryActionDeps) =>
  handler(DescribeVodCover, async ({ fileId, para }, { appId, now }) => {
    await library.videos.setCover(appId, fileId, nameIn(para, videoPrefix(appId, fileId)), now);
    return {};
  });

/** What a file is called below its video's folder, whichever origin its address begins with; the scheme may be missing. */
function nameIn(address: string, folder: string): string {
  const parsed = URL.canParse(address, 'https://any.invalid')
    ? new URL(address, 'https://any.invalid')
    : null;
  const at = parsed?.pathname.indexOf(`/${folder}`) ?? -1;
  if (parsed && at >= 0) return parsed.pathname.slice(at + 1 + folder.length);
  const reason = 'para must be the address of a picture that was taken of this video';
  throw new Refused('parameter.refused', reason, { field: 'para' });
}
