import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface EncryptionTables {
  /** What media is encrypted with, sealed. */
  data_keys: {
    /** Public name of the key, Base64. */
    edk: string;
    app_id: string;
    video_id: string;
    /** The flow that it was made for; it has one key, however often it is begun. */
    flow_id: string;
    /** Which master key has sealed it. */
    master_key_id: string;
    /** Base64, see `master-key.ts`. */
    sealed: string;
    created_at: number;
  };
  /** Master keys that seal, or have sealed what is there; of each its id alone. */
  master_keys: { id: string; noted_at: number };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<EncryptionTables>(executor);
