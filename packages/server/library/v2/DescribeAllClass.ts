import { DescribeAllClass } from '@openvod/contract/v2';
import { type ClassNode, treeOf } from '../../classes/index.ts';
import { handler } from '../../common/v2/handler.ts';
import { countsOfClasses } from '../catalogue/counting/classes.ts';
import type { LibraryActionDeps } from './deps.ts';

/** Class 0 is no part of the tree, as in the documents' sample: nothing can be below it. DescribeClass lists it. */
export const describeAllClass = ({ database: { db }, classes }: LibraryActionDeps) =>
  handler(DescribeAllClass, async (_params, { appId }) => {
    const all = await classes.list(appId);
    const videos = await countsOfClasses(
      db,
      appId,
      all.map(({ id }) => id),
    );
    return { data: treeOf(all, videos).map(toElement) };
  });

interface TreeElement {
  info: { id: number; parent_id: number; name: string; level: number; file_num: number };
  subclass: TreeElement[];
}

function toElement({ id, parentId, name, level, videos, children }: ClassNode): TreeElement {
  return {
    info: { id, parent_id: parentId, name, level, file_num: videos },
    subclass: children.map(toElement),
  };
}
