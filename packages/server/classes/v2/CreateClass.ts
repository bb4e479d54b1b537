import { CreateClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { Classes } from '../types.ts';

export const createClass = ({ classes }: { classes: Classes }) =>
  handler(CreateClass, async ({ className, parentId }, { appId, now }) => {
    const id = await classes.create(appId, { name: className, parentId }, now);
    return { newClassId: String(id) };
  });
