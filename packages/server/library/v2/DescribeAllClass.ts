import { DescribeAllClass } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { type ClassNode, classTree } from '../classes/tree.ts';
import type { LibraryActionDeps } from './deps.ts';

/** Class 0 is no part of the tree, as in the documents' sample: nothing can be below it. DescribeClass lists it. */
export const describeAllClass = ({ database: { db } }: LibraryActionDeps) =>
  handler(DescribeAllClass, async (_params, { appId }) => ({
    data: (await classTree(db, appId)).map(toElement),
  }));

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
