import { DeleteClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { deleteClass } from '../classes/change.ts';
import type { LibraryActionDeps } from './deps.ts';

export const deleteClassAction = ({ database }: LibraryActionDeps) =>
  handler(DeleteClass, async ({ classId }, { appId, now }) => {
    await database.transaction((trx) => deleteClass(trx, appId, classId, now));
    return {};
  });
