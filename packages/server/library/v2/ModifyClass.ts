import { ModifyClass } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { renameClass } from '../classes/change.ts';
import { checkedText } from './checked-text.ts';
import { changingClasses } from './class-errors.ts';
import type { LibraryActionDeps } from './deps.ts';

export const modifyClass = ({ database }: LibraryActionDeps) =>
  handler(ModifyClass, async ({ classId, className }, { appId, now }) => {
    const name = checkedText('className', className);
    await changingClasses(() => database.transaction((trx) => renameClass(trx, appId, classId, name, now)));
    return {};
  });
