import { DescribeAutoScreenShot } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { screenShotsOf } from './views/screen-shots.ts';

export const describeAutoScreenShot = ({ library, database: { db }, addresses }: LibraryActionDeps) =>
  handler(DescribeAutoScreenShot, async ({ fileId }, { appId }) => {
    const video = await library.videos.require(db, appId, fileId);
    const outputs = await library.outputs.of(db, appId, fileId);
    const sets = outputs.filter(({ kind }) => kind === 'sampledSnapshots');
    return { imageurls: screenShotsOf(video, sets, addresses) };
  });
