export { type Database, type DatabaseOptions, openDatabase } from './database.ts';
export { type Dialect, dialectOf, type Executor, tablesOf } from './executor.ts';
export { lockUntilEnd } from './locks.ts';
export { postgresFault } from './postgres/faults.ts';
export { reachPostgres } from './postgres/reach.ts';
export { type Place, prepared } from './prepared.ts';
export { createReserveKeeper } from './reserve-keeper.ts';
export { type FolderLock, lockFolder } from './sqlite/folder-lock.ts';
export { DatabaseUnavailable, faultLevel, type UnavailableReason } from './unavailable.ts';
