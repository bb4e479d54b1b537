import { OutageError } from '../common/faults/outage.ts';
import { Refused } from '../common/faults/refused.ts';
import type { MasterKey } from './master-key.ts';

/** The master keys of this process. */
export class MasterKeys {
  /** Seals what is new; null when there is none, and then `problem` says why. */
  readonly current: MasterKey | null;
  readonly problem: string | null;
  readonly #byId: ReadonlyMap<string, MasterKey>;

  /** `others` open what they have sealed, and seal nothing. */
  constructor(current: MasterKey | { problem: string }, others: readonly MasterKey[] = []) {
    this.current = 'problem' in current ? null : current;
    this.problem = 'problem' in current ? current.problem : null;
    const all = this.current ? [...others, this.current] : others;
    this.#byId = new Map(all.map((key) => [key.id, key]));
  }

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  get all(): MasterKey[] {
    return [...this.#byId.values()];
  }

  /** @throws KeyMissingError when this process may seal nothing */
  requireCurrent(): MasterKey {
    if (this.current) return this.current;
    throw new KeyMissingError(`nothing can be encrypted: ${this.problem}`);
  }

  /** @throws KeyMissingError */
  require(id: string): MasterKey {
    const key = this.#byId.get(id);
    if (key) return key;
    throw new KeyMissingError(`data keys are sealed by master key ${id}, which this process was not given`);
  }
}

/** A master key is not there. Nothing is lost: with it, the same succeeds. Tasks wait for it. */
class KeyMissingError extends OutageError {
  override name = 'KeyMissingError';

  constructor(message: string) {
    super('masterKey', message);
  }
}

/** The same for who calls. @throws Refused `encryption.away`; what `work` throws otherwise */
export async function orRefuse<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyMissingError)) throw error;
    throw new Refused('encryption.away', error.message, { cause: error });
  }
}
