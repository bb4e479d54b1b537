import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { handlersOf } from '../common/v2/handlers.ts';
import type { Database } from '../database/index.ts';
import type { Templates } from '../templates/index.ts';
import { createDataKeys, type DataKeys } from './data-keys.ts';
import { findMasterKeys, type GivenKeys } from './find-master-keys.ts';
import { orRefuse } from './master-keys.ts';
import { reseal } from './reseal.ts';
import { createKeyTokens, type KeyTokens } from './tokens.ts';
import * as handlers from './v2/all.ts';

export type { DataKey, DataKeys } from './data-keys.ts';
export { keyAddress } from './key-address.ts';
export { MASTER_KEY_FORM, type MasterKey, masterKeyOf } from './master-key.ts';
export type { KeyTokens } from './tokens.ts';

/** What other rooms may ask of it. */
export interface Encryption {
  keys: DataKeys;
  tokens: KeyTokens;
  /** @throws Refused `encryption.away` when nothing can be encrypted for now */
  requireAble(): Promise<void>;
}

export interface EncryptionRoom extends Encryption {
  v2: ActionHandler[];
  /** Begins to seal anew what other master keys have sealed. */
  start(): void;
  stop(): Promise<void>;
}

/** Keys of encrypted media, sealed by master keys that are not in the database. */
export async function openEncryption(
  deps: GivenKeys & { database: Database; templates: Templates; clock: Clock; log: Logger },
): Promise<EncryptionRoom> {
  const { database, clock, log } = deps;
  const warn = (words: string) => log.warn(words);
  const masterKeys = await findMasterKeys({ ...deps, now: clock(), warn });
  if (masterKeys.problem !== null) log.error(`nothing can be encrypted: ${masterKeys.problem}`);
  const keys = createDataKeys({ database, masterKeys });
  let sealing: Promise<void> = Promise.resolve();

  async function sealAnew(): Promise<void> {
    try {
      const { count, missing } = await reseal(database, masterKeys);
      if (count > 0) log.info({ count }, 'data keys were sealed anew, with the current master key');
      for (const { id, count: sealed } of missing) {
        log.error({ masterKey: id, sealed }, 'a master key is missing that has sealed data keys');
      }
    } catch (error) {
      // The next start does it.
      log.warn({ err: error }, 'data keys could not be sealed anew');
    }
  }

  return {
    keys,
    tokens: createKeyTokens(masterKeys),
    requireAble: () => orRefuse(() => void masterKeys.requireCurrent()),
    v2: handlersOf(handlers, { ...deps, keys }),
    start() {
      sealing = sealAnew();
    },
    stop: () => sealing,
  };
}
