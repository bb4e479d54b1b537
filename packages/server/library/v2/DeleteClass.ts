import { DeleteClass } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { deleteClass } from '../classes/change.ts';
import { changingClasses } from './class-errors.ts';
import type { LibraryActionDeps } from './deps.ts';

export const deleteClassAction = ({ database }: LibraryActionDeps) =>
  handler(DeleteClass, async ({ classId }, { appId, now }) => {
    await changingClasses(() => database.transaction((trx) => deleteClass(trx, appId, classId, now)));
    return {};
  });
