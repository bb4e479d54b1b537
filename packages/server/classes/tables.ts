import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface ClassesTables {
  /** The class tree of an account: its row is what changes of the tree lock, and says which ids were given. */
  class_trees: {
    app_id: string;
    last_class_id: number;
  };
  classes: {
    app_id: string;
    id: number;
    /** -1 on the first level. */
    parent_id: number;
    /** 0 on the first level. */
    level: number;
    name: string;
    created_at: number;
    updated_at: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<ClassesTables>(executor);
