export { type Database, type Executor, openDatabase } from './database.ts';
export type { Schema } from './schema/index.ts';
