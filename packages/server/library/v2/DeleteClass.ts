import { DeleteClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { deleteClassAndMoveVideos } from '../videos/delete-class.ts';
import type { LibraryActionDeps } from './deps.ts';

export const deleteClass = ({ database, classes }: LibraryActionDeps) =>
  handler(DeleteClass, async ({ classId }, { appId, now }) => {
    await deleteClassAndMoveVideos(database, classes, appId, classId, now);
    return {};
  });
