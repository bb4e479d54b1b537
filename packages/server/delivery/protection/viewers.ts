import { BoundedMap } from '../../common/bounds/bounded-map.ts';

/** Some 15 MB. */
const MAX_ADDRESSES = 20_000;

/**
 * From which client addresses each signed address was played, on this node, for `rlimit`. The address that was played longest ago
 * is forgotten when there are too many, and begins anew.
 */
export class Viewers {
  readonly #seen: BoundedMap<string, string[]>;

  constructor(maxAddresses: number = MAX_ADDRESSES) {
    this.#seen = new BoundedMap(maxAddresses);
  }

  /** Whether a client may play what `sign` signs: it did so before, or fewer than `limit` others did. */
  admit(sign: string, client: string, limit: number): boolean {
    const clients = this.#seen.get(sign);
    if (!clients) {
      this.#seen.set(sign, [client]);
      return true;
    }
    if (clients.includes(client)) return true;
    if (clients.length >= limit) return false;
    clients.push(client);
    return true;
  }
}
