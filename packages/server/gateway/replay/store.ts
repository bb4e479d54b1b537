/** Remembers which signatures were used (docs/wire/calls.md, Replay). `conformance.ts` says what holds for all. */
export interface NonceStore {
  /**
   * Resolves to true for the first claim of this signature and to false ever after, also after a restart, and only
   * when that is written down. A signature may be forgotten when its Timestamp has left the window.
   * @param issuedAt the call's Timestamp, ms since the epoch; part of what is signed, so always the same
   * @throws Refused `service.busy` when there is no memory for one more
   */
  claim(secretId: string, signature: string, issuedAt: number): Promise<boolean>;
  /** How many this process remembers in memory. */
  readonly remembered: number;
  close(): Promise<void>;
}
