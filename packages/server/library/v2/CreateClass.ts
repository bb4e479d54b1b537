import { CreateClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { createClass } from '../classes/change.ts';
import { checkedText } from './checked-text.ts';
import type { LibraryActionDeps } from './deps.ts';

export const createClassAction = ({ database }: LibraryActionDeps) =>
  handler(CreateClass, async ({ className, parentId }, { appId, now }) => {
    const name = checkedText('name', className);
    const id = await database.transaction((trx) => createClass(trx, appId, { name, parentId }, now));
    return { newClassId: String(id) };
  });
