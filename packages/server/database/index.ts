export { type Database, type Dialect, dialectOf, type Executor, openDatabase, tablesOf } from './database.ts';
