/** Some 15 MB. */
const MAX_ADDRESSES = 20_000;

/**
 * From which client addresses each signed address was played, on this node, for `rlimit`. The address that was played first is
 * forgotten when there are too many, and begins anew.
 */
export class Viewers {
  readonly #maxAddresses: number;
  /** By signature, the one that was played first first. bounded by: `maxAddresses`, with as many clients as an address allows */
  readonly #seen = new Map<string, string[]>();

  constructor(maxAddresses: number = MAX_ADDRESSES) {
    this.#maxAddresses = maxAddresses;
  }

  /** Whether a client may play what `sign` signs: it did so before, or fewer than `limit` others did. */
  admit(sign: string, client: string, limit: number): boolean {
    const clients = this.#seen.get(sign);
    if (!clients) {
      if (this.#seen.size >= this.#maxAddresses) this.#seen.delete(this.#seen.keys().next().value!);
      this.#seen.set(sign, [client]);
      return true;
    }
    if (clients.includes(client)) return true;
    if (clients.length >= limit) return false;
    clients.push(client);
    return true;
  }
}
