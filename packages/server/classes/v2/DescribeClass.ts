import { DescribeClass, formatDateTime } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { DEFAULT_CLASS } from '../names.ts';
import type { Classes } from '../types.ts';

/** The default class was never made, so it shows a time before all others. */
const DEFAULT_CLASS_TIME = Date.UTC(2014, 0, 1);

export const describeClass = ({ classes }: { classes: Classes }) =>
  handler(DescribeClass, async (_params, { appId }) => {
    const builtIn = { ...DEFAULT_CLASS, createdAt: DEFAULT_CLASS_TIME, updatedAt: DEFAULT_CLASS_TIME };
    const all = [builtIn, ...(await classes.list(appId))];
    return {
      data: all.map(({ id, name, createdAt, updatedAt }) => ({
        id: String(id),
        name,
        create_time: formatDateTime(createdAt),
        update_time: formatDateTime(updatedAt),
      })),
    };
  });
