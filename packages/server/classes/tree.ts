import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';

/** A class as clients see it in the tree. */
export interface ClassNode {
  id: number;
  /** -1 on the first level. */
  parentId: number;
  name: string;
  /** 0 on the first level. */
  level: number;
  /** Videos in the class itself, not in those below it. */
  videos: number;
  children: ClassNode[];
}

/** A class as its row says. */
export interface Class {
  id: number;
  parentId: number;
  level: number;
  name: string;
  createdAt: number;
  updatedAt: number;
}

/** All classes of an account by id, without the built-in default class. */
export async function listClasses(db: Executor, appId: string): Promise<Class[]> {
  const rows = await tables(db)
    .selectFrom('classes')
    .select(['id', 'parent_id', 'level', 'name', 'created_at', 'updated_at'])
    .where('app_id', '=', appId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    level: row.level,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

/** The first-level classes with all below them. `videos` says how many each class has. */
export function treeOf(classes: readonly Class[], videos: ReadonlyMap<number, number>): ClassNode[] {
  const nodes = new Map<number, ClassNode>();
  const roots: ClassNode[] = [];
  // A class is younger than its parent, so by id parents come first.
  for (const { id, parentId, name, level } of classes) {
    const node = { id, parentId, name, level, videos: videos.get(id) ?? 0, children: [] };
    nodes.set(id, node);
    (nodes.get(parentId)?.children ?? roots).push(node);
  }
  return roots;
}

/** The class and all below it; empty when there is no such class. `rows` are by id. */
export function subtreeOf(rows: readonly Class[], classId: number): number[] {
  const within = new Set<number>();
  for (const { id, parentId } of rows) if (id === classId || within.has(parentId)) within.add(id);
  return [...within];
}
