import { ModifyClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { renameClass } from '../classes/change.ts';
import { checkedText } from './checked-text.ts';
import type { LibraryActionDeps } from './deps.ts';

export const modifyClass = ({ database }: LibraryActionDeps) =>
  handler(ModifyClass, async ({ classId, className }, { appId, now }) => {
    const name = checkedText('name', className);
    await database.transaction((trx) => renameClass(trx, appId, classId, name, now));
    return {};
  });
