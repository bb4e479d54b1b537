import { ModifyClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { Classes } from '../types.ts';

export const modifyClass = ({ classes }: { classes: Classes }) =>
  handler(ModifyClass, async ({ classId, className }, { appId, now }) => {
    await classes.rename(appId, classId, className, now);
    return {};
  });
