import type { Executor } from '../database/index.ts';
import type { Class } from './tree.ts';

/** What other rooms may ask of classes. Functions that take an executor run in the caller's transaction. */
export interface Classes {
  /**
   * Makes sure that there is a class, and that it stays until the transaction ends.
   * @throws Refused `class.notFound`
   */
  require(trx: Executor, appId: string, classId: number): Promise<void>;
  /** The class, which stays until the transaction ends; the default class when it is gone. */
  orDefault(trx: Executor, appId: string, classId: number): Promise<number>;
  /** Names of some classes; that of the default class for an id that no class has. */
  names(db: Executor, appId: string, classIds: readonly number[]): Promise<(classId: number) => string>;
  /** All classes by id, without the built-in default class. */
  list(appId: string): Promise<Class[]>;
  /** Makes a class and resolves to its id. @throws Refused `class.…` */
  create(appId: string, wish: { name: string; parentId: number }, now: number): Promise<number>;
  /** @throws Refused `class.…` */
  rename(appId: string, classId: number, name: string, now: number): Promise<void>;
  /**
   * Removes a class with all below it, and resolves to their ids: what was in them is the caller's to move.
   * @throws Refused `class.…`
   */
  remove(trx: Executor, appId: string, classId: number): Promise<number[]>;
}
