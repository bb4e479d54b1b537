import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface GatewayTables {
  replay_nonces: ReplayNoncesTable;
}

/** Signatures that were used and could be sent again. PostgreSQL only: SQLite keeps them in a file of their own. */
interface ReplayNoncesTable {
  /** Digest of SecretId and Signature. */
  digest: string;
  expires_at: number;
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<GatewayTables>(executor);
