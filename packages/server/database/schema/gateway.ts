/** Tables of the `gateway` room; no other room queries them. */
export interface GatewayTables {
  replay_nonces: ReplayNoncesTable;
}

/** Signatures that were used and could be sent again. PostgreSQL only: SQLite keeps them in a file of their own. */
interface ReplayNoncesTable {
  /** Digest of SecretId and Signature. */
  digest: string;
  expires_at: number;
}
