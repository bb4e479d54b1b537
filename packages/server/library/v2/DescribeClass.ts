import { DescribeClass, formatDateTime } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { DEFAULT_CLASS } from '../classes/names.ts';
import { listClasses } from '../classes/tree.ts';
import type { LibraryActionDeps } from './deps.ts';

/** The default class was never made, so it shows a time before all others. */
const DEFAULT_CLASS_TIME = Date.UTC(2014, 0, 1);

export const describeClass = ({ database: { db } }: LibraryActionDeps) =>
  handler(DescribeClass, async (_params, { appId }) => {
    const builtIn = { ...DEFAULT_CLASS, createdAt: DEFAULT_CLASS_TIME, updatedAt: DEFAULT_CLASS_TIME };
    const classes = [builtIn, ...(await listClasses(db, appId))];
    return {
      data: classes.map(({ id, name, createdAt, updatedAt }) => ({
        id: String(id),
        name,
        create_time: formatDateTime(createdAt),
        update_time: formatDateTime(updatedAt),
      })),
    };
  });
