import { CreateClass } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { createClass } from '../classes/change.ts';
import { checkedText } from './checked-text.ts';
import { changingClasses } from './class-errors.ts';
import type { LibraryActionDeps } from './deps.ts';

export const createClassAction = ({ database }: LibraryActionDeps) =>
  handler(CreateClass, async ({ className, parentId }, { appId, now }) => {
    const name = checkedText('className', className);
    const id = await changingClasses(() =>
      database.transaction((trx) => createClass(trx, appId, { name, parentId }, now)),
    );
    return { newClassId: String(id) };
  });
