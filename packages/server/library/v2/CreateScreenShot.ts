import { CreateScreenShot } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { SampledSnapshotsDetails } from '../outputs/pictures.ts';
import type { Output } from '../outputs/types.ts';
import type { LibraryActionDeps } from './deps.ts';
import { screenShotsOf } from './views/screen-shots.ts';

const NOT_FOUND = 10_008;
/** From 0 % to 90 %. */
const STEP_PERCENT = 10;
const MOST = 10;

/** Whatever the action is called, it lists. */
export const createScreenShot = ({ library, database: { db }, addresses }: LibraryActionDeps) =>
  handler(CreateScreenShot, async ({ pullset }, { appId }) => {
    const ids = pullset.map(({ fileId }) => fileId);
    const found = await library.videos.getMany(db, appId, [...new Set(ids)]);
    const list = [];
    for (const fileId of ids) {
      const video = found.find(({ id }) => id === fileId);
      if (!video) {
        list.push({ code: NOT_FOUND, message: `there is no video ${fileId}`, imgUrls: [] });
        continue;
      }
      const set = (await library.outputs.of(db, appId, fileId)).find(isEveryTenth);
      const imgUrls = screenShotsOf(video, set ? [set] : [], addresses, MOST);
      list.push({ code: 0, message: '', imgUrls });
    }
    return { data: { list } };
  });

function isEveryTenth({ kind, details }: Output): boolean {
  if (kind !== 'sampledSnapshots') return false;
  const { every } = details as SampledSnapshotsDetails;
  return 'percent' in every && every.percent === STEP_PERCENT;
}
