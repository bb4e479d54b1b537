export { type Database, openDatabase } from './database.ts';
export { type Dialect, dialectOf, type Executor, tablesOf } from './executor.ts';
export { type Place, prepared } from './prepared.ts';
export { createReserveKeeper } from './reserve-keeper.ts';
export { type FolderLock, lockFolder } from './sqlite/folder-lock.ts';
