export { type Database, openDatabase } from './database.ts';
export { type Dialect, dialectOf, type Executor, tablesOf } from './executor.ts';
export { lockUntilEnd } from './locks.ts';
export { type Place, prepared } from './prepared.ts';
